"""A reply that was sent, and what became of it: for the tests of changing and taking it away."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from appliance import db
from appliance.models import Address, Delivery
from appliance.services import conversation, outbox, sending
from appliance.services.bubbles import MessageView
from appliance.values import Manner
from tests.unit.services.conftest import Desk


@pytest.fixture
def ticket(desk: Desk) -> int:
    desk.outside.can = {"edit": True, "delete": True, "delete_hours": 48, "formatting": True, "buttons": 3}
    desk.write({"chat": 7, "id": 1, "text": "The till does not print"})
    return 1001


def address_id() -> int:
    with db.session() as session:
        return session.scalars(select(Address.id)).one()


def deliver() -> None:
    with db.write() as session:
        session.execute(update(Delivery).values(next_try_at=None))
    sending.deliver(address_id())


def rows() -> list[tuple[str, str]]:
    with db.session() as session:
        return [(row.purpose, row.state) for row in session.scalars(select(Delivery).order_by(Delivery.id))]


def say(desk: Desk, ticket: int, words: str = "Come at **nine**", manner: Manner | None = None) -> int:
    message_id = outbox.reply(ticket, desk.agent, words, manner=manner or Manner())
    deliver()
    return message_id


def view(desk: Desk, message_id: int) -> MessageView:
    return conversation.one(message_id, desk.agent)[0]
