"""How a delivery stands, as the bubble says it: why it waits, until when, and what can be done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

import tests.plain_channel as plain
from appliance import db
from appliance.models import Delivery, now
from appliance.services import outbox, sending, turns
from appliance.services.pacing import Clock
from appliance.values import Pace, SendError
from tests.integration.desk.conftest import Browser, House


@pytest.fixture(autouse=True)
def tickets(house: House) -> None:
    house.write({"chat": 1, "id": 1, "text": "help"}, {"chat": 2, "id": 1, "text": "me too"})


def said(owner: Browser, *failures: SendError, ticket: int = 1001, text: str = "hello") -> str:
    plain.OUTSIDE.failures = list(failures)
    message_id = outbox.reply(ticket, owner.actor, text)
    sending.deliver(ticket - 1000)
    return owner.fragment(f"/messages/{message_id}").get_data(as_text=True)


def test_a_pause_the_messenger_asks_for_is_told_with_its_end(owner: Browser) -> None:
    page = said(owner, SendError("too_many", retry_after=10_072))
    assert "The messenger asks us to wait. We try again at" in page
    assert 'data-decision="cancel"' in page
    assert 'data-decision="retry"' not in page


def test_what_waits_behind_it_is_told_so_too(owner: Browser) -> None:
    said(owner, SendError("too_many", retry_after=10_072))
    page = said(owner, text="and another thing")
    assert "Sending is paused until" in page


def test_another_try_after_a_broken_line_can_be_hastened(owner: Browser) -> None:
    message_id = outbox.reply(1001, owner.actor, "hello")
    with db.write() as session:
        later = {"next_try_at": now() + timedelta(seconds=50), "error_code": "offline"}
        session.execute(update(Delivery).values(**later))
    page = owner.fragment(f"/messages/{message_id}").get_data(as_text=True)
    assert "No internet. We try again at" in page
    assert 'data-decision="retry"' in page


def test_between_the_pieces_of_a_long_text_it_cannot_be_taken_back(
    owner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "CLOCK", Clock())
    plain.OUTSIDE.can = {"pace": Pace(per_address_seconds=1000)}
    page = said(owner, text="one|two")
    assert "Sending is paused until" in page
    assert "data-decision" not in page


@pytest.mark.parametrize(
    ("failure", "label", "actions"),
    [
        (SendError("blocked", permanent=True), "not delivered", ["retry"]),
        (SendError("refused", permanent=True), "not sent", ["retry"]),
        (SendError("time_out", uncertain=True), "may have arrived", ["again", "leave"]),
    ],
)
def test_what_did_not_simply_arrive_says_what_can_be_done(
    owner: Browser, failure: SendError, label: str, actions: list[str]
) -> None:
    page = said(owner, failure)
    assert label in page
    assert [action for action in ("retry", "again", "leave") if f'data-decision="{action}"' in page] == actions
