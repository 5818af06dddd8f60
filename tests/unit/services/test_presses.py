"""A quick answer's press is something the customer said."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Address, Message
from appliance.services import outbox, presses, sending
from appliance.values import Manner, SendError
from tests.unit.services.conftest import Desk


@pytest.fixture
def ticket(desk: Desk) -> int:
    desk.outside.can = {"buttons": 3}
    desk.write({"chat": 7, "id": 1, "text": "The till does not print"})
    outbox.reply(1001, desk.agent, "May we come at noon?", manner=Manner(("Yes", "No")))
    with db.session() as session:
        sending.deliver(session.scalars(select(Address.id)).one())
    return 1001


def last(desk: Desk, ticket: int) -> Message:
    return desk.messages(ticket)[-1]


def test_the_press_says_what_stood_on_the_button(desk: Desk, ticket: int) -> None:
    desk.write({"chat": 7, "id": "9001", "press": "answer:1"})
    message = last(desk, ticket)
    assert (message.kind, message.text, message.reply_to_id) == ("incoming", "No", desk.messages(ticket)[1].id)
    assert desk.tickets()[0].waiting_for == "us"


def test_pressed_twice_it_is_said_once(desk: Desk, ticket: int) -> None:
    desk.write({"chat": 7, "id": "9001", "press": "answer:0", "callback": "c1"})
    desk.write({"chat": 7, "id": "9001", "press": "answer:0", "callback": "c2"})
    assert [message.text for message in desk.messages(ticket)][2:] == ["Yes"]


def test_two_people_who_press_the_same_button_are_both_heard(desk: Desk, ticket: int) -> None:
    desk.write({"chat": 7, "id": "9001", "press": "answer:0", "person": "71", "name": "Anna"})
    desk.write({"chat": 7, "id": "9001", "press": "answer:0", "person": "72", "name": "Boris"})
    assert [message.text for message in desk.messages(ticket)][2:] == ["Yes", "Yes"]


@pytest.mark.parametrize("data", ["answer:7", "answer:-1", "answer:00000", "elsewhere", "", "answer:²"])
def test_a_press_that_is_none_of_ours_stays_what_it_was(desk: Desk, ticket: int, data: str) -> None:
    desk.write({"chat": 7, "id": "9001", "press": data})
    assert last(desk, ticket).text == data


def test_a_button_below_a_message_nobody_knows_is_kept_as_it_came(desk: Desk, ticket: int) -> None:
    desk.write({"chat": 7, "id": "1234", "press": "answer:0"})
    assert last(desk, ticket).text == "answer:0"


def test_the_messenger_is_told_that_the_press_was_taken(desk: Desk, ticket: int) -> None:
    presses.answer(desk.connection_id, "7", "7", "9001", "7", "answer:0", "c77")
    assert desk.outside.answered == ["c77"]


def test_nobody_minds_when_it_cannot_be_told(desk: Desk, ticket: int) -> None:
    desk.outside.failures = [SendError("query_too_old", permanent=True)]
    presses.answer(desk.connection_id, "7", "7", "9001", "7", "answer:0", "c77")
    presses.answer(999, "7", "7", "9001", "7", "answer:0", "c77")
    assert desk.outside.answered == []
