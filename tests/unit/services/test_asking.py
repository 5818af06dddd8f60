"""One press asks for a photo, a video, the location or the phone number, in the customer's language."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Contact, DeliveryPiece
from appliance.services import asking, outbox
from appliance.values import ASKS, Ask
from tests.unit.services.conftest import Desk


@pytest.fixture
def ticket(desk: Desk) -> int:
    desk.outside.can = {"asks": frozenset({"location", "phone"})}
    desk.write({"chat": 7, "id": 1, "text": "Касса не печатает"})
    return 1001


def piece() -> DeliveryPiece:
    with db.session() as session:
        return session.scalars(select(DeliveryPiece).order_by(DeliveryPiece.id.desc()).limit(1)).one()


@pytest.mark.parametrize("kind", ASKS)
def test_the_customer_is_asked_in_their_own_language(desk: Desk, ticket: int, kind: Ask) -> None:
    asking.ask(ticket, kind, desk.agent, "a" * 32)
    payload = piece().payload
    own_button = kind in ("location", "phone")
    assert payload["text"].startswith("Пожалуйста")
    assert payload["ask"] == (kind if own_button else None)
    assert bool(payload["data"].get("button")) == own_button
    assert desk.messages(ticket)[-1].kind == "reply"


def test_a_channel_without_such_a_button_gets_the_words_alone(desk: Desk, ticket: int) -> None:
    desk.outside.can = {}
    asking.ask(ticket, "phone", desk.agent, "")
    assert piece().payload["ask"] is None


def test_whose_language_nobody_knows_is_asked_in_the_companys(desk: Desk, ticket: int) -> None:
    with db.write() as session:
        session.scalars(select(Contact)).one().language = ""
    asking.ask(ticket, "video", desk.agent, "")
    assert piece().payload["text"].startswith("Please")


def test_pressed_again_after_a_lost_answer_it_is_asked_once(desk: Desk, ticket: int) -> None:
    assert asking.ask(ticket, "photo", desk.agent, "b" * 32) == asking.ask(ticket, "photo", desk.agent, "b" * 32)


def test_what_nobody_can_ask_for_is_refused(desk: Desk, ticket: int) -> None:
    with pytest.raises(outbox.OutboxError, match="bad_ask"):
        asking.ask(ticket, "money", desk.agent, "")  # type: ignore[arg-type]  # a page may post anything
