"""A pause the messenger asks for is kept, for as long as it says and for whom it says it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Address, Connection, Delivery, now
from appliance.services import conversation, deliveries, outbox, resolutions, sending
from appliance.values import SendError
from tests.unit.services.conftest import Desk

LONG = 10_072.0


@pytest.fixture
def tickets(desk: Desk) -> list[int]:
    desk.write({"chat": 7, "id": 1, "text": "a"}, {"chat": 8, "id": 1, "text": "b"}, {"chat": 9, "id": 1, "text": "c"})
    return [1001, 1002, 1003]


def address_of(ticket: int) -> int:
    return ticket - 1000


def send(desk: Desk, ticket: int, *failures: SendError) -> int:
    desk.outside.failures = list(failures)
    message_id = outbox.reply(ticket, desk.agent, "hello")
    sending.deliver(address_of(ticket))
    return message_id


def held_seconds(model: type[Address | Connection]) -> list[float]:
    with db.session() as session:
        untils = list(session.scalars(select(model.paused_until).order_by(model.id)))
    return [(until - now()).total_seconds() if until else 0 for until in untils]


def test_one_chat_waits_and_the_others_do_not(desk: Desk, tickets: list[int]) -> None:
    send(desk, 1001, SendError("too_many", retry_after=LONG))
    assert [round(seconds, -2) for seconds in held_seconds(Address)] == [10_100, 0, 0]
    assert held_seconds(Connection) == [0]
    send(desk, 1002)
    assert desk.outside.sent == [("8", "hello")]


def test_a_second_chat_told_so_makes_the_whole_connection_wait(desk: Desk, tickets: list[int]) -> None:
    send(desk, 1001, SendError("too_many", retry_after=LONG))
    send(desk, 1002, SendError("too_many", retry_after=3000))
    assert 2900 < held_seconds(Connection)[0] <= 3000
    send(desk, 1003)
    assert desk.outside.sent == []


def test_one_chat_told_so_twice_is_still_one_chat(desk: Desk, tickets: list[int]) -> None:
    send(desk, 1001, SendError("too_many", retry_after=0))
    send(desk, 1001, SendError("too_many", retry_after=LONG))
    assert held_seconds(Connection) == [0]


def test_a_pause_of_the_whole_connection_is_kept_as_long_as_the_longest(desk: Desk, tickets: list[int]) -> None:
    send(desk, 1001, SendError("too_many", retry_after=LONG, scope="connection"))
    assert 10_000 < held_seconds(Connection)[0] <= LONG
    assert deliveries.due_addresses() == []


def test_nobodys_haste_shortens_it(desk: Desk, tickets: list[int]) -> None:
    message_id = send(desk, 1001, SendError("too_many", retry_after=LONG))
    delivery = conversation.one(message_id, desk.agent)[0].delivery
    assert delivery is not None
    resolutions.retry(delivery.id, desk.agent)
    sending.deliver(1)
    assert desk.outside.sent == []
    assert held_seconds(Address)[0] > 10_000


def test_who_waits_behind_it_is_told_until_when(desk: Desk, tickets: list[int]) -> None:
    first = send(desk, 1001, SendError("too_many", retry_after=LONG))
    second = send(desk, 1001)
    views = [conversation.one(number, desk.agent)[0].delivery for number in (first, second)]
    for delivery in views:
        assert delivery is not None
        assert delivery.held_until is not None
        assert delivery.held_until > now()
    with db.session() as session:
        assert list(session.scalars(select(Delivery.state))) == ["queued", "queued"]
