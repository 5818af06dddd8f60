"""Groups wait for the owner's yes; then they are one customer with many voices."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from appliance import db
from appliance.models import Address, Contact, Event, Identity, InboundUpdate, Message, Ticket
from appliance.services import answering, bubbles, connections, groups, intake, journal, outbox
from appliance.services.groups import GroupError
from appliance.services.journal import ConnectionJournal
from appliance.values import SYSTEM, Actor, RawUpdate, SendError
from tests.unit.services.conftest import Desk

OWNER = Actor("agent", 1, "owner", "Petra")
GROUP = -55
SUPERGROUP = -10055


def joined(chat: int = GROUP, by: str = "Igor") -> dict[str, Any]:
    return {"chat": chat, "chat_kind": "group", "title": "Shift", "person": 7, "name": by, "state": "joined"}


def said(number: int, text: str, *, chat: int = GROUP, person: int = 7, name: str = "Igor") -> dict[str, Any]:
    group = {"chat": chat, "chat_kind": "group", "title": "Shift"}
    return {**group, "id": number, "text": text, "person": person, "name": name, "at": 1_700_000_000 + number}


def moved(chat: int = GROUP, to: int = SUPERGROUP) -> dict[str, Any]:
    return {"chat": chat, "chat_kind": "group", "title": "Shift", "state": "moved", "to": str(to), "person": 7}


def work(desk: Desk) -> None:
    while intake.read_new():
        pass
    while answering.follow():
        pass


def states() -> list[str]:
    with db.session() as session:
        return list(session.scalars(select(InboundUpdate.state).order_by(InboundUpdate.id)))


def the_group() -> groups.GroupView:
    (found,) = groups.waiting(OWNER)
    return found


def test_a_new_group_waits_and_says_who_brought_the_bot(desk: Desk) -> None:
    desk.write(joined(), said(1, "the till is dead"), said(2, "hello?", person=8, name="Olga"))
    work(desk)
    waiting = the_group()
    assert (waiting.title, waiting.added_by, waiting.messages, waiting.connection_title) == (
        "Shift",
        "Igor",
        2,
        "Support",
    )
    assert (desk.tickets(), desk.messages(), desk.outside.sent) == ([], [], [])
    assert states() == ["read", "held", "held"]


def test_a_group_that_was_never_seen_joining_waits_too(desk: Desk) -> None:
    desk.write(said(1, "the till is dead"))
    assert (the_group().messages, the_group().added_by) == (1, "")
    assert desk.tickets() == []


def test_only_messages_are_counted_and_nothing_is_lost(desk: Desk) -> None:
    edited = {**said(1, "the till is on fire"), "edited": True}
    desk.write(said(1, "the till is dead"), edited, {**joined(), "state": "note"})
    assert the_group().messages == 1
    groups.allow(the_group().address_id, OWNER)
    work(desk)
    assert [message.text for message in desk.messages() if message.kind == "incoming"] == ["the till is on fire"]


def test_agents_are_not_asked(desk: Desk) -> None:
    desk.write(said(1, "the till is dead"))
    assert groups.waiting(desk.agent) == []
    with pytest.raises(GroupError):
        groups.allow(the_group().address_id, desk.agent)


def test_rows_that_wait_are_never_pruned(desk: Desk) -> None:
    desk.write(said(1, "the till is dead"))
    journal.prune(days=-1)
    assert states() == ["held"]


def test_a_yes_reads_what_waited_in_order_with_its_own_times(desk: Desk) -> None:
    desk.write(joined(), *(said(number, f"line {number}") for number in range(1, 6)))
    groups.allow(the_group().address_id, OWNER)
    work(desk)
    messages = [message for message in desk.messages() if message.kind == "incoming"]
    assert [message.text for message in messages] == [f"line {number}" for number in range(1, 6)]
    assert [round(message.at.timestamp()) for message in messages] == [1_700_000_000 + n for n in range(1, 6)]
    (ticket,) = desk.tickets()
    with db.session() as session:
        assert session.get_one(Contact, ticket.contact_id).name == "Shift"
    assert groups.waiting(OWNER) == []


def test_a_row_picked_before_the_yes_comes_after_those_that_waited(desk: Desk) -> None:
    """The worker had picked a newer row when the owner said yes: its turn comes again after the older ones."""
    desk.write(joined(), said(1, "first"))
    desk.leave_rows(said(2, "second"))
    with db.session() as session:
        query = select(InboundUpdate).where(InboundUpdate.state == "new")
        (row,) = [intake.Row(row.id, row.connection_id, row.chat_key, row.raw) for row in session.scalars(query)]
    intake._understand(row)
    intake._ask([row])
    groups.allow(the_group().address_id, OWNER)
    intake._commit([row])
    work(desk)
    assert [message.text for message in desk.messages() if message.kind == "incoming"] == ["first", "second"]


def test_every_voice_of_the_group_is_named_and_replies_go_to_the_group(desk: Desk) -> None:
    desk.write(said(1, "the till is dead"), said(2, "mine too", person=8, name="Olga"))
    groups.allow(the_group().address_id, OWNER)
    work(desk)
    with db.session() as session:
        shown = bubbles.load(session, list(session.scalars(select(Message).where(Message.kind == "incoming"))), OWNER)
    assert [(bubble.author, bubble.voices) for bubble in shown] == [("Igor", True), ("Olga", True)]
    message_id = outbox.reply(1001, OWNER, "On my way")
    with db.session() as session:
        reply = session.get_one(Message, message_id)
        assert session.get_one(Address, reply.address_id or 0).external_id == str(GROUP)


def test_a_no_leaves_the_group_and_reads_nothing(desk: Desk) -> None:
    desk.write(joined(), said(1, "the till is dead"))
    address_id = the_group().address_id
    groups.refuse(address_id, OWNER)
    groups.leave(address_id)
    desk.write(said(2, "anybody?"))
    assert desk.outside.left == [str(GROUP)]
    assert states() == ["read", "ignored", "ignored"]
    assert (desk.tickets(), groups.waiting(OWNER)) == ([], [])
    (kept,) = groups.of_connection(desk.connection_id)
    assert kept.approval == "refused"


def test_a_group_that_cannot_be_left_is_refused_all_the_same(desk: Desk) -> None:
    desk.write(joined())
    address_id = the_group().address_id
    groups.refuse(address_id, OWNER)
    desk.outside.failures = [SendError("forbidden", permanent=True)]
    groups.leave(address_id)
    desk.write(said(1, "anybody?"))
    assert desk.tickets() == []


def test_a_refused_group_can_be_allowed_later(desk: Desk) -> None:
    desk.write(joined(), said(1, "before"))
    address_id = the_group().address_id
    groups.refuse(address_id, OWNER)
    groups.allow(address_id, OWNER)
    desk.write(said(2, "after"))
    assert [message.text for message in desk.messages()] == ["after"]


def test_leaving_shows_and_coming_back_clears_it(desk: Desk) -> None:
    desk.write(joined(), said(1, "hi"))
    groups.allow(the_group().address_id, OWNER)
    work(desk)
    desk.write({**joined(), "state": "left"})
    (gone,) = groups.of_connection(desk.connection_id)
    assert gone.left_at is not None
    with db.session() as session:
        (event,) = [e for e in session.scalars(select(Event)) if e.kind == "contact_changed" and "blocked" in e.after]
        assert (event.ticket_id, event.after["blocked"], event.after["group"]) == (1001, True, True)
    desk.write({**joined(), "again": 1})
    (back,) = groups.of_connection(desk.connection_id)
    assert (back.left_at, back.approval) == (None, "")


def test_a_group_that_went_without_a_word_is_no_question(desk: Desk) -> None:
    desk.write(joined(), {**joined(), "state": "left"})
    assert groups.waiting(OWNER) == []


def test_a_waiting_group_moves_with_what_it_said(desk: Desk) -> None:
    desk.write(joined(), said(1, "one"), moved(), said(2, "two", chat=SUPERGROUP))
    assert the_group().messages == 2
    groups.allow(the_group().address_id, OWNER)
    work(desk)
    assert [message.text for message in desk.messages() if message.kind == "incoming"] == ["one", "two"]
    assert len(desk.tickets()) == 1


def test_a_waiting_group_that_wrote_from_its_new_number_first_is_one_group(desk: Desk) -> None:
    desk.write(joined(), said(1, "one"), said(2, "two", chat=SUPERGROUP), moved())
    assert the_group().messages == 2
    groups.allow(the_group().address_id, OWNER)
    work(desk)
    assert [message.text for message in desk.messages() if message.kind == "incoming"] == ["one", "two"]
    assert len(desk.tickets()) == 1


@pytest.mark.parametrize("told_first", [True, False])
def test_an_allowed_group_stays_allowed_when_it_moves(desk: Desk, told_first: bool) -> None:
    desk.write(joined(), said(1, "one"))
    groups.allow(the_group().address_id, OWNER)
    work(desk)
    rows = [moved(), said(2, "two", chat=SUPERGROUP)]
    desk.write(*(rows if told_first else reversed(rows)))
    assert [message.text for message in desk.messages() if message.kind == "incoming"] == ["one", "two"]
    (ticket,) = desk.tickets()
    (group,) = groups.of_connection(desk.connection_id)
    with db.session() as session:
        address = session.get_one(Address, ticket.address_id or 0)
        assert (address.external_id, address.id, address.approval) == (str(SUPERGROUP), group.address_id, "")
        assert session.scalar(select(func.count()).select_from(Contact)) == 1
        assert session.scalars(select(Identity.contact_id).distinct()).all() == [ticket.contact_id]


@pytest.mark.parametrize("left_first", [True, False])
def test_leaving_the_old_number_is_no_leaving(desk: Desk, left_first: bool) -> None:
    desk.write(joined(), said(1, "one"))
    groups.allow(the_group().address_id, OWNER)
    rows = [{**joined(), "state": "left"}, {**joined(SUPERGROUP)}, moved()]
    desk.write(*(rows if left_first else reversed(rows)))
    (group,) = groups.of_connection(desk.connection_id)
    assert (group.left_at, group.approval) == (None, "")


def test_a_refused_group_stays_refused_under_its_new_number(desk: Desk) -> None:
    desk.write(joined())
    groups.refuse(the_group().address_id, OWNER)
    desk.write(said(2, "two", chat=SUPERGROUP), moved())
    assert groups.waiting(OWNER) == []
    assert states()[1:] == ["ignored", "read"]


def test_tickets_of_both_numbers_belong_to_one_customer(desk: Desk) -> None:
    desk.write(said(1, "one"), said(2, "two", chat=SUPERGROUP))
    for group in groups.waiting(OWNER):
        groups.allow(group.address_id, OWNER)
    work(desk)
    desk.write(moved())
    assert len({(ticket.contact_id, ticket.address_id) for ticket in desk.tickets()}) == 1


def test_a_group_known_to_another_bot_waits_for_this_one_too(desk: Desk) -> None:
    desk.write(joined())
    groups.allow(the_group().address_id, OWNER)
    other = connections.connect("plain", {"token": "other"}, "Sales", SYSTEM).id
    ConnectionJournal(other, lambda: None).commit([RawUpdate(b'{"chat": -55, "chat_kind": "group", "id": 1}')], "1")
    work(desk)
    assert the_group().connection_id == other


def test_a_row_nobody_can_read_waits_with_its_group(desk: Desk) -> None:
    desk.write(joined())
    desk.journal.commit([RawUpdate(b'{"broken": ', "x", str(GROUP))], "2")
    work(desk)
    assert (states()[-1], desk.tickets()) == ("held", [])
    groups.allow(the_group().address_id, OWNER)
    work(desk)
    assert states()[-1] == "failed"
    assert len(desk.tickets()) == 1


def test_private_chats_never_wait(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "hi"})
    with db.session() as session:
        assert session.scalars(select(Ticket.id)).all() == [1001]
