"""What is told of a row of fixes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import cos, pi, sin

import pytest

from appliance import Fix
from appliance_maps.trail import length, minutes_left, simplify, speed

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
# A thousandth of a degree of latitude is 111 m.
STEP = 0.001
SAMARKAND = Fix(NOON, 39.6542, 66.9597)


def walk(steps: int, every: float = 60, step: float = STEP) -> list[Fix]:
    """North along the meridian of Moscow, a step each so many seconds."""
    return [Fix(NOON + timedelta(seconds=every * count), 55.0 + step * count, 37.0) for count in range(steps)]


def test_it_measures_the_way_travelled() -> None:
    assert length(walk(11)) == pytest.approx(1112, abs=1)
    assert length(walk(1)) == length([]) == 0


def test_it_measures_across_the_date_line() -> None:
    assert length([Fix(NOON, 0, 179.999), Fix(NOON, 0, -179.999)]) == pytest.approx(222, abs=1)


def test_speed_is_that_of_the_last_stretch() -> None:
    slow, quick = (
        walk(10),
        [Fix(NOON + timedelta(seconds=600), 55.1, 37.0), Fix(NOON + timedelta(seconds=660), 55.11, 37.0)],
    )
    assert speed(slow) == pytest.approx(6.67, abs=0.01)
    assert speed([*slow[:1], *quick]) == pytest.approx(66.7, abs=0.1)


@pytest.mark.parametrize("fixes", [[], walk(1), walk(5, every=0)])
def test_a_single_moment_has_no_speed(fixes: list[Fix]) -> None:
    assert speed(fixes) is None


def test_the_guess_is_the_way_at_the_speed_of_late() -> None:
    fixes = walk(11)
    assert minutes_left(fixes, Fix(NOON, fixes[-1].latitude + 12 * STEP, 37.0)) == 12
    assert minutes_left(fixes, fixes[-1]) == 1


@pytest.mark.parametrize("fixes", [[], walk(1), walk(5, step=0), walk(20, step=0.0001)])
def test_who_stands_still_gets_no_guess(fixes: list[Fix]) -> None:
    assert minutes_left(fixes, SAMARKAND) is None


def test_a_straight_line_needs_its_ends_only() -> None:
    fixes = walk(500)
    assert simplify(fixes) == [(fixes[0].latitude, 37.0), (fixes[-1].latitude, 37.0)]


def test_corners_stay() -> None:
    corner = [*walk(10), *(Fix(NOON, 55.009, 37.0 + STEP * count) for count in range(1, 10))]
    assert simplify(corner) == [(55.0, 37.0), (pytest.approx(55.009), 37.0), (55.009, pytest.approx(37.009))]


def test_there_and_back_is_no_point() -> None:
    there = walk(10)
    assert len(simplify([*there, *reversed(there)])) == 3


def test_a_days_line_has_300_corners_at_most() -> None:
    turns = [count * pi / 7 for count in range(5000)]
    winding = [Fix(NOON, 55 + 0.0001 * turn * sin(turn), 37 + 0.0001 * turn * cos(turn)) for turn in turns]
    line = simplify(winding)
    assert 2 <= len(line) <= 300
    assert line[0] == (winding[0].latitude, winding[0].longitude)
    assert line[-1] == (winding[-1].latitude, winding[-1].longitude)


@pytest.mark.parametrize("fixes", [[], walk(1), walk(2)])
def test_what_is_no_line_stays_as_it_is(fixes: list[Fix]) -> None:
    assert simplify(fixes) == [(fix.latitude, fix.longitude) for fix in fixes]
