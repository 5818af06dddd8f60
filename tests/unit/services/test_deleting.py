"""A ticket deleted for good."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Event, File, InboundUpdate, Message, SavedReply, SavedReplyFile, Ticket
from appliance.services import deleting, outbox, tickets
from appliance.services.tickets import TicketError
from appliance.values import Actor
from tests.unit.services import filed
from tests.unit.services.conftest import Desk

MANAGER = Actor("agent", 99, "manager", "Мария")


def throw_away(desk: Desk, quiet: bool = True) -> int:
    desk.write({"chat": 7, "id": 1, "text": "hello", "name": "Anna"})
    number = desk.tickets()[0].id
    outbox.note(number, desk.agent, "a note")
    tickets.shelve(number, "trash", quiet, desk.agent)
    return number


def test_messages_files_and_journal_rows_go_and_the_log_keeps_that_it_was_done(desk: Desk) -> None:
    number = throw_away(desk)
    message = desk.messages()[0].id
    file = filed.file_in(message, b"a film of theirs")
    sha256 = filed.file(file).sha256
    deleting.delete_ticket(number, str(number), MANAGER)
    assert desk.tickets() == []
    assert desk.messages() == []
    assert not filed.is_here(sha256)
    with db.session() as session:
        assert session.scalars(select(File)).all() == []
        assert session.scalars(select(InboundUpdate)).all() == []
        (told,) = session.scalars(select(Event).where(Event.kind == "ticket_deleted"))
        assert (told.actor_id, told.after["number"], told.ticket_id) == (MANAGER.id, number, None)
        left = session.scalars(select(Event).where(Event.ticket_id == number)).all()
        assert [(event.kind, event.before, event.after) for event in left] == [("ticket_gone", {}, {})]


def test_their_next_message_opens_a_new_ticket_though_they_were_kept_quiet(desk: Desk) -> None:
    number = throw_away(desk)
    deleting.delete_ticket(number, f"№ {number}", MANAGER)
    desk.write({"chat": 7, "id": 2, "text": "hello again"})
    (ticket,) = desk.tickets()
    assert (ticket.shelf, ticket.quiet, ticket.subject) == ("none", False, "hello again")


def test_what_others_need_stays(desk: Desk) -> None:
    number = throw_away(desk)
    message = desk.messages()[0].id
    sent_along = filed.file_in(message, b"our price list")
    same_bytes = filed.file_in(None, b"their photo")
    filed.file_in(message, b"their photo")
    with db.write() as session:
        reply = SavedReply(name="Prices")
        session.add(reply)
        session.flush()
        session.add(SavedReplyFile(reply_id=reply.id, file_id=sent_along))
    deleting.delete_ticket(number, str(number), MANAGER)
    with db.session() as session:
        assert set(session.scalars(select(File.id))) == {sent_along, same_bytes}
    assert filed.is_here(filed.file(sent_along).sha256)
    assert filed.is_here(filed.file(same_bytes).sha256)


def test_subtasks_and_what_was_merged_go_along_and_links_are_let_go(desk: Desk) -> None:
    number = throw_away(desk)
    contact = desk.tickets()[0].contact_id
    with db.write() as session:
        session.add_all(
            [
                Ticket(id=2001, contact_id=contact, parent_id=number),
                Ticket(id=2002, contact_id=contact, merged_into_id=number),
                Ticket(id=2003, contact_id=contact, previous_id=number),
            ]
        )
    deleting.delete_ticket(number, str(number), MANAGER)
    (left,) = desk.tickets()
    assert (left.id, left.previous_id) == (2003, None)


@pytest.mark.parametrize(
    ("typed", "by", "code"),
    [("1002", MANAGER, "not_confirmed"), ("", MANAGER, "not_confirmed")],
)
def test_the_number_has_to_be_typed(desk: Desk, typed: str, by: Actor, code: str) -> None:
    number = throw_away(desk)
    with pytest.raises(TicketError, match=code):
        deleting.delete_ticket(number, typed, by)
    assert len(desk.tickets()) == 1


def test_agents_may_not_and_what_is_on_the_desk_cannot_be(desk: Desk) -> None:
    number = throw_away(desk)
    with pytest.raises(TicketError, match="not_allowed"):
        deleting.delete_ticket(number, str(number), desk.agent)
    tickets.restore(number, desk.agent)
    with pytest.raises(TicketError, match="not_shelved"):
        deleting.delete_ticket(number, str(number), MANAGER)


def test_a_new_start_lets_the_person_speak_and_leaves_the_ticket_where_it_is(desk: Desk) -> None:
    number = throw_away(desk)
    desk.write({"chat": 7, "id": 2, "text": "into the trash"})
    tickets.start_anew(number, desk.agent)
    desk.write({"chat": 7, "id": 3, "text": "a new matter"})
    first, second = desk.tickets()
    assert (first.shelf, first.silenced) == ("trash", 1)
    assert (second.shelf, second.subject) == ("none", "a new matter")
    assert [message.text for message in desk.messages(first.id)] == ["hello", "a note", "into the trash"]


def test_only_this_ticket_means_that_the_next_message_opens_a_new_one_even_after_one_just_done(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "first"})
    tickets.finish(desk.tickets()[0].id, "solved", desk.agent)
    with db.write() as session:
        session.get_one(Ticket, desk.tickets()[0].id).done_at = desk.tickets()[0].created_at.replace(year=2020)
    desk.write({"chat": 7, "id": 2, "text": "second"})
    tickets.shelve(desk.tickets()[1].id, "trash", False, desk.agent)
    tickets.reopen(desk.tickets()[0].id, desk.agent)
    tickets.finish(desk.tickets()[0].id, "solved", desk.agent)
    desk.write({"chat": 7, "id": 3, "text": "third"})
    assert [ticket.subject for ticket in desk.tickets()] == ["first", "second", "third"]


def test_restoring_brings_all_back_with_what_came_meanwhile(desk: Desk) -> None:
    number = throw_away(desk)
    desk.write({"chat": 7, "id": 2, "text": "meanwhile"})
    tickets.restore(number, desk.agent)
    (ticket,) = desk.tickets()
    assert (ticket.shelf, ticket.silenced, ticket.waiting_for) == ("none", 0, "us")
    with db.session() as session:
        said = session.scalars(select(Message.text).where(Message.kind == "incoming")).all()
    assert said == ["hello", "meanwhile"]
