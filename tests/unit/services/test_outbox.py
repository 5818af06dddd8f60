"""Writing a letter: once, and quoting only what its reader has seen."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Delivery, DeliveryPiece
from appliance.services import outbox
from tests.unit.services.conftest import Desk


@pytest.fixture
def ticket(desk: Desk) -> int:
    desk.write({"chat": 7, "id": 1, "text": "The till does not print"})
    return 1001


def test_a_letter_posted_again_after_a_lost_answer_is_the_same(desk: Desk, ticket: int) -> None:
    first = outbox.reply(ticket, desk.agent, "once", key="a" * 32)
    assert outbox.reply(ticket, desk.agent, "once", key="a" * 32) == first
    noted = outbox.note(ticket, desk.agent, "once", key="b" * 32)
    assert outbox.note(ticket, desk.agent, "once", key="b" * 32) == noted
    with db.session() as session:
        assert len(session.scalars(select(Delivery)).all()) == 1


def test_the_same_words_under_another_key_are_another_letter(desk: Desk, ticket: int) -> None:
    assert outbox.reply(ticket, desk.agent, "hello", key="a" * 32) != outbox.reply(
        ticket, desk.agent, "hello", key="c" * 32
    )


def test_a_message_of_another_chat_is_not_quoted(desk: Desk, ticket: int) -> None:
    desk.write({"chat": 8, "id": 1, "text": "somebody else's"})
    own, foreign = desk.messages(ticket)[0].id, desk.messages(1002)[0].id
    outbox.reply(ticket, desk.agent, "mine", reply_to=own)
    outbox.reply(ticket, desk.agent, "not mine", reply_to=foreign)
    with db.session() as session:
        quotes = [
            piece.payload["quotes"] for piece in session.scalars(select(DeliveryPiece).order_by(DeliveryPiece.id))
        ]
    assert quotes == ["1", ""]
