"""Days, groups and folded events of the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask_babel import Babel

from appliance.services.bubbles import MessageView
from appliance.services.conversation import Stretch
from appliance.services.timeline import EventView
from appliance.web import chat_log

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_moscow() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app, timezone_selector=lambda: "Europe/Moscow")
    with app.test_request_context():
        yield


def said(number: int, at: datetime, kind: str = "incoming", group: str = "incoming:1") -> MessageView:
    return MessageView(number, 1, kind, at, at, "Anna", group, 1, False, None, False, ())


def happened(number: int, at: datetime) -> EventView:
    return EventView(number, at, "ticket_changed", "agent", 1, "Olga", {}, {}, {})


def kinds(*items: MessageView | EventView, read_to: int | None = None, earlier: MessageView | None = None) -> list[str]:
    made = chat_log.entries(Stretch(items, earlier=earlier), read_to)
    return [f"{entry.kind}{'' if entry.first else '+'}" for entry in made]


def test_a_day_is_named_once() -> None:
    assert kinds(said(1, NOON), said(2, NOON + timedelta(days=1))) == ["day", "bubble", "day", "bubble"]


def test_days_are_the_readers_days() -> None:
    # 20:30 and 21:30 UTC lie on two days in Moscow.
    evening = NOON.replace(hour=20, minute=30)
    assert kinds(said(1, evening), said(2, evening + timedelta(hours=1))) == ["day", "bubble", "day", "bubble"]


def test_one_author_within_five_minutes_is_named_once() -> None:
    later = NOON + timedelta(minutes=4)
    assert kinds(said(1, NOON), said(2, later)) == ["day", "bubble", "bubble+"]
    assert kinds(said(1, NOON), said(2, NOON + timedelta(minutes=6))) == ["day", "bubble", "bubble"]
    assert kinds(said(1, NOON), said(2, later, group="incoming:2")) == ["day", "bubble", "bubble"]


def test_the_message_before_a_stretch_counts_for_day_and_group() -> None:
    assert kinds(said(2, NOON + timedelta(minutes=1)), earlier=said(1, NOON)) == ["bubble+"]


def test_the_line_stands_before_the_first_unread_word_of_the_customer() -> None:
    ours = said(2, NOON, "reply", "reply:1")
    assert kinds(said(1, NOON), ours, said(3, NOON), said(4, NOON), read_to=1) == [
        "day",
        "bubble",
        "bubble",
        "new",
        "bubble",
        "bubble+",
    ]
    assert "new" not in kinds(said(1, NOON), read_to=1)


def test_neighbouring_events_are_one_entry_and_three_are_folded() -> None:
    events = [happened(number, NOON) for number in range(1, 4)]
    (_, entry) = chat_log.entries(Stretch(tuple(events)))
    assert (len(entry.events), entry.folded) == (3, True)
    (_, entry) = chat_log.entries(Stretch(tuple(events[:2])))
    assert not entry.folded
