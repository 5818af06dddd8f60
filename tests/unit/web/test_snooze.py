"""Until when a ticket sleeps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask_babel import Babel

from appliance.web import snooze


@pytest.fixture(autouse=True)
def in_berlin() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app, timezone_selector=lambda: "Europe/Berlin")
    with app.test_request_context():
        yield


def test_an_hour_is_an_hour() -> None:
    start = datetime(2026, 3, 5, 12, 30, tzinfo=UTC)
    assert snooze.until("hour", start) == datetime(2026, 3, 5, 13, 30, tzinfo=UTC)


def test_tomorrow_is_nine_in_the_morning_here() -> None:
    # 23:30 UTC is tomorrow in Berlin already.
    start = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)
    assert snooze.until("tomorrow", start) == datetime(2026, 3, 7, 8, tzinfo=UTC)


def test_a_change_of_the_clocks_moves_nothing() -> None:
    start = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert snooze.until("tomorrow", start) == datetime(2026, 3, 29, 7, tzinfo=UTC)


@pytest.mark.parametrize(("day", "monday"), [(2, 9), (5, 9), (8, 9)])
def test_monday_is_the_next_one(day: int, monday: int) -> None:
    start = datetime(2026, 3, day, 12, tzinfo=UTC)
    assert snooze.until("monday", start) == datetime(2026, 3, monday, 8, tzinfo=UTC)


def test_a_moment_of_ones_own_is_by_the_clock_here() -> None:
    assert snooze.until("2026-07-01T14:30") == datetime(2026, 7, 1, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize("written", ["never", "", "1999-01-01T00:00", "2026-13-01T00:00"])
def test_an_unknown_choice_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"moment|isoformat|month"):
        snooze.until(written)
