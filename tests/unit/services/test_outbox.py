"""Writing a letter: once, and quoting only what its reader has seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Address, Delivery, DeliveryPiece, now
from appliance.services import deliveries, outbox, outcomes, resolutions, sending
from appliance.values import SendError
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


def test_after_a_send_that_hung_the_address_rests_for_longer_than_it_took(desk: Desk, ticket: int) -> None:
    outbox.reply(ticket, desk.agent, "hangs")
    outbox.reply(ticket, desk.agent, "waits")
    with db.session() as session:
        address_id = session.scalars(select(Address.id)).one()
    claim = deliveries.claim(address_id)
    assert claim is not None
    with db.write() as session:
        session.get_one(DeliveryPiece, claim.pieces[0][0]).started_at = now() - timedelta(seconds=20)
    outcomes.failed(claim, claim.pieces[0][0], SendError("time_out", uncertain=True))
    with db.session() as session:
        until = session.get_one(Address, address_id).paused_until or now()
    assert 35 < (until - now()).total_seconds() <= 41
    sending.deliver(address_id)
    assert desk.outside.sent == []
    resolutions.retry(1, desk.agent)
    sending.deliver(address_id)
    assert desk.outside.sent == [("7", "hangs"), ("7", "waits")]


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
