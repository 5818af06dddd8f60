"""What the composer can say beside text: quick answers, places, one-press asks; and that somebody writes."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update
from werkzeug.test import TestResponse

import tests.plain_channel as plain
from appliance import db
from appliance.models import Agent, Delivery, DeliveryPiece, Message, Part
from appliance.services import settings
from appliance.values import SYSTEM
from tests.integration.desk.conftest import Browser, House


@pytest.fixture(autouse=True)
def a_ticket(house: House) -> None:
    plain.OUTSIDE.can = {
        "buttons": 3,
        "button_length": 20,
        "formatting": True,
        "previews": True,
        "typing": True,
        "asks": frozenset({"location"}),
        "kinds_out": frozenset({"text", "location", "venue", "contact"}),
    }
    house.write({"chat": 1, "id": 1, "text": "help"})


def piece() -> DeliveryPiece:
    with db.session() as session:
        return session.scalars(select(DeliveryPiece).order_by(DeliveryPiece.id.desc()).limit(1)).one()


def undo_seconds() -> float:
    with db.session() as session:
        delivery = session.scalars(select(Delivery).order_by(Delivery.id.desc()).limit(1)).one()
    return (delivery.not_before - delivery.created_at).total_seconds() if delivery.not_before else 0


def post(browser: Browser, **fields: Any) -> TestResponse:
    headers = {"HX-Request": "true", "X-CSRFToken": browser.token}
    return browser.client.post("/t/1001/messages", data={"mode": "reply", **fields}, headers=headers)


def test_quick_answers_stand_below_the_message(house: House, owner: Browser) -> None:
    answer = post(owner, text="At **noon**?", button=["Yes", " ", "No"], preview="0")
    page = answer.get_data(as_text=True)
    assert "<strong>noon</strong>" in page
    assert "Yes" in page
    assert (piece().payload["buttons"], piece().payload["preview"]) == (["Yes", "No"], False)


def test_too_many_quick_answers_are_refused_in_words(house: House, owner: Browser) -> None:
    answer = post(owner, text="?", button=["1", "2", "3", "4"])
    assert answer.status_code == 409
    assert answer.get_data(as_text=True) == "At most 3 different quick answers of up to 20 characters each."


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("location", {"latitude": "55.7", "longitude": "37.6"}),
        ("venue", {"latitude": "55.7", "longitude": "37.6", "title": "Shop", "address": "Street 1"}),
        ("contact", {"name": "Anna", "phone": "+7 900 000-00-00"}),
    ],
)
def test_a_place_or_a_contact_is_sent_and_the_draft_stays(
    house: House, owner: Browser, part: str, fields: dict[str, str]
) -> None:
    owner.post("/t/1001/drafts/reply", text="half a sentence", version="1")
    answer = post(owner, text="", part=part, **fields)
    assert answer.status_code == 200
    assert piece().kind == part
    held = owner.post("/t/1001/drafts/reply", text="", version="1").json
    assert held == {"text": None, "version": 1}


def test_what_is_no_place_is_refused_in_words(house: House, owner: Browser) -> None:
    answer = post(owner, text="", part="location", latitude="north", longitude="37")
    assert (answer.status_code, "latitude" in answer.get_data(as_text=True)) == (409, True)


def test_a_kind_nobody_can_write_by_hand_is_no_letter(house: House, owner: Browser) -> None:
    assert post(owner, text="", part="poll", name="?").status_code == 409


@pytest.mark.parametrize("kind", ["photo", "video", "location", "phone"])
def test_one_press_asks(house: House, owner: Browser, kind: str) -> None:
    answer = owner.post("/t/1001/ask", kind=kind, key="a" * 32)
    assert f'id="m{answer.headers["X-Message"]}"' in answer.get_data(as_text=True)
    assert piece().payload["ask"] == ("location" if kind == "location" else None)


def test_what_cannot_be_asked_for_is_refused(house: House, owner: Browser) -> None:
    assert owner.post("/t/1001/ask", kind="money").status_code == 409


def test_typing_is_always_fine_in_a_ticket_one_sees(house: House, owner: Browser) -> None:
    assert [owner.post("/t/1001/typing").status_code for _ in range(20)] == [204] * 20
    assert owner.post("/t/4711/typing").status_code == 404


@pytest.mark.parametrize(("own", "expected"), [(None, 10), (0, 0), (20, 20)])
def test_everybody_has_the_time_to_undo_that_they_like(
    house: House, owner: Browser, own: int | None, expected: int
) -> None:
    settings.set("undo_seconds", "10", SYSTEM)
    with db.write() as session:
        session.execute(update(Agent).values(undo_seconds=own))
    post(owner, text="hello")
    assert round(undo_seconds()) == expected


def test_who_cannot_be_written_to_first_is_told_with_the_link(house: House, owner: Browser) -> None:
    with db.write() as session:
        session.execute(update(Message).values(kind="auto"))
    answer = post(owner, text="hello")
    assert answer.status_code == 409
    assert "https://plain.test/me" in answer.get_data(as_text=True)


def test_a_note_is_formatted_and_keeps_no_manner(house: House, owner: Browser) -> None:
    owner.post("/t/1001/messages", mode="note", text="__slow__ line", button=["Yes"])
    message = house.last_message()
    with db.session() as session:
        part = session.scalars(select(Part).where(Part.message_id == message.id)).one()
    assert (message.kind, message.text, message.options) == ("note", "slow line", {})
    assert part.entities[0]["kind"] == "italic"
