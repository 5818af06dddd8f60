"""A ticket inside a ticket, which nobody outside ever sees."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Agent, Delivery, Event, File, Part, Team, Ticket, now
from appliance.services import asking, files, letters, outbox, reclaiming, subtasks, tickets
from appliance.services.arrangements import ArrangeError
from appliance.services.subtasks import Wanted
from appliance.services.tickets import TicketError
from appliance.values import Actor
from tests.unit.services.conftest import Desk

BYTES = "a" * 64


@pytest.fixture
def chat(desk: Desk) -> Desk:
    desk.write({"chat": 1, "id": 1, "text": "Is it the right model?", "kind": "photo", "file": "f1"})
    return desk


def make(desk: Desk, **wanted: object) -> int:
    return subtasks.make(1001, Wanted("Check the model", message_id=desk.messages()[0].id, **wanted), desk.agent)  # type: ignore[arg-type]


def ticket(number: int) -> Ticket:
    with db.session() as session:
        return session.get_one(Ticket, number)


def colleague(login: str, role: str = "agent") -> Actor:
    with db.write() as session:
        made = Agent(login=login, name=login.title(), role=role, password="-")
        session.add(made)
        session.flush()
        return Actor("agent", made.id, role, made.name)  # type: ignore[arg-type]


def test_it_has_a_parent_the_customer_and_no_address(chat: Desk) -> None:
    made = ticket(make(chat))
    assert (made.parent_id, made.subject, made.address_id) == (1001, "Check the model", None)
    assert (made.contact_id, made.source_message_id) == (ticket(1001).contact_id, chat.messages()[0].id)


def test_its_first_note_quotes_the_message_with_the_same_files(chat: Desk) -> None:
    number = make(chat)
    note = chat.messages(number)[0]
    assert (note.kind, note.text, note.forwarded_from) == ("note", "Is it the right model?", "Anna")
    with db.session() as session:
        shown = session.scalars(select(Part.file_id).order_by(Part.id)).all()
        assert shown[0] is not None
        assert shown[0] == shown[1]
        assert len(session.scalars(select(File)).all()) == 1


def test_nothing_in_it_reaches_the_customer(chat: Desk) -> None:
    number = make(chat)
    with pytest.raises(letters.OutboxError, match="no_address"):
        outbox.reply(number, chat.agent, "Hello")
    with pytest.raises(letters.OutboxError, match="no_address"):
        asking.ask(number, "photo", chat.agent, "")
    with db.write() as session:
        # Whatever gave it an address: it is a subtask.
        session.get_one(Ticket, number).address_id = ticket(1001).address_id
    with pytest.raises(letters.OutboxError, match="no_address"):
        outbox.reply(number, chat.agent, "Hello")
    with db.session() as session:
        assert not session.scalars(select(Delivery)).all()


def test_what_the_customer_writes_next_does_not_come_here(chat: Desk) -> None:
    number = make(chat)
    chat.write({"chat": 1, "id": 2, "text": "Well?"})
    assert [message.text for message in chat.messages(number)] == ["Is it the right model?"]


def test_who_is_asked_may_see_the_files_and_others_may_not(chat: Desk) -> None:
    ivan, petr = colleague("ivan"), colleague("petr")
    with db.write() as session:
        team = Team(name="Accounts", closed=True)
        session.add(team)
        session.flush()
        session.get_one(Ticket, 1001).team_id = team.id
        file_id = session.scalars(select(File.id)).one()
        boss = Actor("system", None)
    subtasks.make(1001, Wanted("Look", ivan.id, message_id=chat.messages()[0].id), boss)
    with db.session() as session:
        assert files.visible(session, file_id, ivan) is not None
        assert files.visible(session, file_id, petr) is None


def test_bytes_that_only_a_subtask_mentions_are_kept(chat: Desk) -> None:
    make(chat)
    with db.write() as session:
        session.scalars(select(File)).one().sha256 = BYTES
    assert reclaiming.reclaim([BYTES]) == (0, 0)


def test_it_is_made_without_a_message_and_given_to_somebody_by_a_time(chat: Desk) -> None:
    ivan, due = colleague("ivan"), now()
    number = subtasks.make(1001, Wanted("  Ask   the maker ", ivan.id, due), chat.agent)
    made = ticket(number)
    assert (made.subject, made.assignee_id, made.due_at) == ("Ask the maker", ivan.id, due)
    assert chat.messages(number) == []
    with chat.read() as session:
        line = subtasks.of_ticket(session, 1001, chat.agent)[0]
    assert (line.assignee_name, line.done) == ("Ivan", False)


def test_it_needs_words_a_colleague_who_is_here_and_no_subtask(chat: Desk) -> None:
    number = make(chat)
    for parent, wanted, code in (
        (1001, Wanted("  "), "empty"),
        (1001, Wanted("x", 4711), "no_agent"),
        (1001, Wanted("x", message_id=4711), "not_found"),
        (number, Wanted("x"), "is_subtask"),
    ):
        with pytest.raises(ArrangeError, match=code):
            subtasks.make(parent, wanted, chat.agent)
    assert len(chat.tickets()) == 2


def test_the_end_of_it_is_told_in_its_parent_with_the_last_note(chat: Desk) -> None:
    number = make(chat)
    outbox.note(number, chat.agent, "It is the K-220")
    tickets.finish(number, "solved", chat.agent)
    with db.session() as session:
        told = session.scalars(select(Event).where(Event.kind == "subtask_done")).one()
    assert (told.ticket_id, told.after["subtask"]) == (1001, number)
    assert told.after["note"] == chat.messages(number)[-1].id


def test_the_end_without_a_word_has_no_note(chat: Desk) -> None:
    tickets.finish(make(chat), "solved", chat.agent)
    with db.session() as session:
        assert session.scalars(select(Event).where(Event.kind == "subtask_done")).one().after["note"] is None


def test_a_ticket_with_open_subtasks_is_done_only_once_somebody_said_what_becomes_of_them(chat: Desk) -> None:
    number = make(chat)
    with pytest.raises(TicketError, match="open_subtasks"):
        tickets.finish(1001, "solved", chat.agent)
    assert ticket(1001).stage == "open"
    tickets.finish(1001, "solved", chat.agent, "leave")
    assert (ticket(1001).stage, ticket(number).stage) == ("done", "open")
    tickets.reopen(1001, chat.agent)
    tickets.finish(1001, "solved", chat.agent, "finish")
    assert (ticket(1001).stage, ticket(number).stage) == ("done", "done")


def test_its_parent_hears_of_every_change(chat: Desk) -> None:
    number = make(chat)
    tickets.finish(number, "solved", chat.agent)
    tickets.reopen(number, chat.agent)
    with db.session() as session:
        heard = session.scalars(select(Event).where(Event.kind == "subtask_changed")).all()
    assert {event.ticket_id for event in heard} == {1001}
    assert len(heard) == 2
