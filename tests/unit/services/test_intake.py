"""Journal rows become tickets."""

from __future__ import annotations

from sqlalchemy import select

from appliance import db
from appliance.models import Address, Contact, Event, InboundUpdate, MessageVersion, Part
from appliance.services import intake, journal, outbox, tickets
from appliance.values import RawUpdate
from tests.unit.services.conftest import Desk


def test_a_first_message_makes_contact_and_ticket(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "The till does not print"})
    (ticket,) = desk.tickets()
    assert (ticket.id, ticket.subject, ticket.stage, ticket.waiting_for) == (
        1001,
        "The till does not print",
        "open",
        "us",
    )
    with db.session() as session:
        assert session.get_one(Contact, ticket.contact_id).name == "Anna"


def test_a_burst_of_one_person_lands_on_one_ticket(desk: Desk) -> None:
    desk.write(*({"chat": 7, "id": number, "text": f"part {number}"} for number in range(1, 30)))
    assert [ticket.id for ticket in desk.tickets()] == [1001]
    assert [message.text for message in desk.messages()] == [f"part {number}" for number in range(1, 30)]


def test_people_do_not_share_tickets(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "a"}, {"chat": 8, "id": 1, "text": "b"})
    assert [ticket.id for ticket in desk.tickets()] == [1001, 1002]


def test_the_same_row_twice_makes_one_message(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "once"})
    desk.write({"chat": 7, "id": 1, "text": "once"})
    assert len(desk.messages()) == 1


def test_the_same_message_in_another_row_makes_one_message(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "once"})
    desk.write({"chat": 7, "id": 1, "text": "once", "again": True})
    assert len(desk.messages()) == 1
    with db.session() as session:
        reasons = session.scalars(select(InboundUpdate.reason).order_by(InboundUpdate.id)).all()
    assert reasons == ["", "already known"]


def test_an_unreadable_row_stays_and_the_rest_flows(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "before"}, b"\x00 no json", {"chat": 7, "id": 2, "text": "after"})
    assert [message.text for message in desk.messages()] == ["before", "after"]
    with db.session() as session:
        states = session.execute(select(InboundUpdate.state, InboundUpdate.reason).order_by(InboundUpdate.id)).all()
        assert [row.state for row in states] == ["read", "failed", "read"]
        assert "no chat" in states[1].reason
        assert session.scalars(select(Event).where(Event.kind == "journal_unread")).all()


def test_an_unreadable_row_of_a_known_chat_shows_there_until_it_is_read(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "before", "name": "Anna"})
    desk.journal.commit([RawUpdate(b'{"broken": ', "x", "7")], "2")
    intake.read_new()
    placeholder = desk.messages()[-1]
    with db.session() as session:
        assert session.scalars(select(Part.kind).where(Part.message_id == placeholder.id)).one() == "unknown"
        assert session.get_one(Contact, desk.tickets()[0].contact_id).name == "Anna"
    with db.write() as session:
        row = session.scalars(select(InboundUpdate).where(InboundUpdate.state == "failed")).one()
        row.raw = b'{"chat": 7, "id": 2, "text": "after the fix"}'
    assert journal.replay() == 1
    intake.read_new()
    assert [message.text for message in desk.messages()] == ["before", "after the fix"]


def test_an_edit_keeps_the_version_before_it(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "K-220"})
    desk.write({"chat": 7, "id": 1, "text": "K-230", "edited": True})
    (message,) = desk.messages()
    assert message.text == "K-230"
    assert message.edited_at is not None
    with db.session() as session:
        assert session.scalars(select(MessageVersion.text)).all() == ["K-220"]


def test_an_edit_that_changes_nothing_leaves_no_trace(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "K-220"})
    desk.write({"chat": 7, "id": 1, "text": "K-220", "edited": True})
    assert desk.messages()[0].edited_at is None
    with db.session() as session:
        assert not session.scalars(select(MessageVersion)).all()


def test_editing_a_caption_keeps_the_file(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "old", "file": "f1", "kind": "photo"})
    desk.write({"chat": 7, "id": 1, "text": "new", "file": "f1", "kind": "photo", "edited": True})
    with db.session() as session:
        (part,) = session.scalars(select(Part)).all()
    assert (part.text, part.kind) == ("new", "photo")
    assert part.file_id is not None


def test_an_edit_of_an_unknown_message_becomes_a_message(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 5, "text": "late", "edited": True})
    assert [message.text for message in desk.messages()] == ["late"]


def test_an_album_is_one_message(desk: Desk) -> None:
    rows = [{"chat": 7, "id": n, "text": "box" if n == 3 else "", "file": "f1", "album": "A"} for n in (1, 2, 3)]
    desk.write(*rows)
    (message,) = desk.messages()
    assert message.text == "box"
    with db.session() as session:
        assert len(session.scalars(select(Part)).all()) == 3


def test_a_message_after_done_reopens_within_the_window(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "broken"})
    tickets.finish(1001, "solved", desk.agent)
    desk.write({"chat": 7, "id": 2, "text": "broken again"})
    (ticket,) = desk.tickets()
    assert (ticket.stage, ticket.outcome, ticket.waiting_for) == ("open", "", "us")


def test_thanks_after_done_disturb_nobody(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "broken"})
    tickets.finish(1001, "solved", desk.agent)
    desk.write({"chat": 7, "id": 2, "text": "спасибо!"})
    (ticket,) = desk.tickets()
    assert (ticket.stage, ticket.waiting_for) == ("done", "")
    assert len(desk.messages(1001)) == 2


def test_a_person_kept_quiet_fills_a_counter(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "cheap watches"})
    tickets.shelve(1001, "trash", True, desk.agent)
    desk.write({"chat": 7, "id": 2, "text": "buy"}, {"chat": 7, "id": 3, "text": "now"})
    (ticket,) = desk.tickets()
    assert (ticket.shelf, ticket.silenced) == ("trash", 2)
    tickets.restore(1001, desk.agent)
    assert len(desk.messages(1001)) == 3


def test_blocking_shows_before_anybody_writes(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "hi"}, {"chat": 7, "state": "blocked"})
    with db.session() as session:
        assert session.scalars(select(Address)).one().blocked_at is not None
    desk.write({"chat": 7, "state": "unblocked"})
    with db.session() as session:
        assert session.scalars(select(Address)).one().blocked_at is None


def test_a_moved_chat_keeps_its_ticket(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "hi"}, {"chat": 7, "state": "moved", "to": "-1007"})
    desk.write({"chat": -1007, "id": 1, "text": "from the new place"})
    assert [ticket.id for ticket in desk.tickets()] == [1001]


def test_a_quiet_verdict_stores_the_message_where_it_disturbs_nobody(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "buy now!"})
    (ticket,) = desk.tickets()
    assert (ticket.shelf, ticket.quiet, ticket.silenced) == ("spam", True, 1)
    assert [message.text for message in desk.messages()] == ["buy now!"]


def test_a_quiet_verdict_leaves_an_answered_ticket_with_the_customer(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "broken"})
    outbox.reply(1001, desk.agent, "Send it in")
    desk.write({"chat": 7, "id": 2, "text": "buy now!"})
    (ticket,) = desk.tickets()
    assert (ticket.waiting_for, ticket.silenced, len(desk.messages())) == ("customer", 1, 3)


def test_a_refused_message_is_not_stored_but_its_row_says_why(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "idiot"})
    assert (desk.tickets(), desk.messages()) == ([], [])
    with db.session() as session:
        row = session.scalars(select(InboundUpdate)).one()
    assert (row.state, row.reason) == ("ignored", "insult")
