"""Messages become a ticket of their own, and are one ticket's again."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Delivery, Event, Message, Ticket, TicketRead
from appliance.services import links, outbox, reading, splitting, survivors, taking_back
from appliance.services.arrangements import ArrangeError
from tests.unit.services.conftest import Desk


@pytest.fixture
def chat(desk: Desk) -> Desk:
    """A ticket with an answer, and then two further messages."""
    desk.write({"chat": 1, "id": 1, "text": "The kettle leaks"})
    outbox.reply(1001, desk.agent, "We send a new one")
    desk.write({"chat": 1, "id": 2, "text": "And the invoice is wrong"}, {"chat": 1, "id": 3, "text": "By 200"})
    return desk


def ids(desk: Desk, *texts: str) -> list[int]:
    return [message.id for message in desk.messages() if message.text in texts]


def ticket(number: int) -> Ticket:
    with db.session() as session:
        return session.get_one(Ticket, number)


def split_invoice(desk: Desk) -> splitting.Split:
    return splitting.split(1001, ids(desk, "And the invoice is wrong", "By 200"), desk.agent)


def test_it_makes_a_ticket_of_the_same_chat_named_by_its_first_words(chat: Desk) -> None:
    made = ticket(split_invoice(chat).ticket_id)
    assert (made.id, made.subject) == (1002, "And the invoice is wrong")
    assert (made.contact_id, made.address_id) == (ticket(1001).contact_id, ticket(1001).address_id)
    assert made.assignee_id == chat.agent.id
    assert [message.text for message in chat.messages(1002)] == ["And the invoice is wrong", "By 200"]


def test_both_know_whose_turn_it_is(chat: Desk) -> None:
    split_invoice(chat)
    first, second = ticket(1001), ticket(1002)
    assert (first.waiting_for, second.waiting_for) == ("customer", "us")
    assert second.waiting_since == chat.messages(1002)[0].at
    assert second.answered_at is None
    assert first.last_message_id == chat.messages(1001)[-1].id
    assert second.last_message_id == chat.messages(1002)[-1].id


def test_they_are_linked_and_tell_of_it(chat: Desk) -> None:
    split_invoice(chat)
    with chat.read() as session:
        assert [each.why for each in links.related(session, 1001, chat.agent)] == ["split_off"]
        assert [each.why for each in links.related(session, 1002, chat.agent)] == ["split_from"]
        told = session.scalars(select(Event).where(Event.kind == "tickets_arranged")).one()
        made = session.scalars(select(Event).where(Event.kind == "ticket_created", Event.ticket_id == 1002)).one()
    assert (told.ticket_id, told.after["what"], told.after["other"]) == (1001, "split_off", 1002)
    assert (made.actor_kind, made.after) == ("agent", {"split_from": 1001})


def test_nothing_leaves_to_the_customer(chat: Desk) -> None:
    with chat.read() as session:
        before = len(session.scalars(select(Delivery)).all())
    split_invoice(chat)
    with chat.read() as session:
        assert len(session.scalars(select(Delivery)).all()) == before


def test_a_reply_to_a_message_that_went_along_goes_along(chat: Desk) -> None:
    split_invoice(chat)
    chat.write({"chat": 1, "id": 4, "text": "This one I mean", "reply_to": 2})
    assert chat.messages(1002)[-1].text == "This one I mean"


def test_an_edit_finds_the_message_where_it_is(chat: Desk) -> None:
    split_invoice(chat)
    chat.write({"chat": 1, "id": 3, "text": "By 300", "edited": True})
    assert chat.messages(1002)[-1].text == "By 300"


def test_who_had_read_the_messages_has_read_them(chat: Desk) -> None:
    reading.mark_read(1001, chat.messages(1001)[-1].id, chat.agent)
    split_invoice(chat)
    with chat.read() as session:
        assert reading.unread(session, chat.agent, [1002]) == {}
        assert session.scalar(select(TicketRead.message_id).where(TicketRead.ticket_id == 1002))


def test_it_is_taken_back(chat: Desk) -> None:
    made = split_invoice(chat)
    taking_back.undo(made.arrangement_id, chat.agent)
    assert len(chat.messages(1001)) == 4
    assert ticket(1001).waiting_for == "us"
    assert survivors.leads_elsewhere(1002, chat.agent) == 1001
    with chat.read() as session:
        assert links.related(session, 1001, chat.agent) == ()
    with pytest.raises(ArrangeError, match="not_reversible"):
        taking_back.undo(made.arrangement_id, chat.agent)


def test_it_is_not_taken_back_once_the_new_ticket_has_grown(chat: Desk) -> None:
    made = split_invoice(chat)
    outbox.note(1002, chat.agent, "Look at No. 17")
    with pytest.raises(ArrangeError, match="not_reversible"):
        taking_back.undo(made.arrangement_id, chat.agent)


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ((), "nothing_chosen"),
        (("The kettle leaks", "We send a new one", "And the invoice is wrong", "By 200"), "nothing_left"),
    ],
)
def test_it_leaves_something_and_takes_something(chat: Desk, texts: tuple[str, ...], code: str) -> None:
    with pytest.raises(ArrangeError, match=code):
        splitting.split(1001, ids(chat, *texts), chat.agent)
    assert len(chat.tickets()) == 1


def test_an_album_goes_as_a_whole_and_what_comes_late_joins_it(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "Hello"}, {"chat": 1, "id": 2, "kind": "photo", "album": "a", "file": "f1"})
    splitting.split(1001, [desk.messages()[-1].id], desk.agent)
    desk.write({"chat": 1, "id": 3, "kind": "photo", "album": "a", "file": "f2"})
    assert len(desk.messages(1002)) == 1
    with db.session() as session:
        assert session.scalar(select(Message.ticket_id).where(Message.album == "a")) == 1002
