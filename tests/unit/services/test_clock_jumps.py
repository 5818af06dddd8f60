"""Stored waits when the clock is set."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest

from appliance import db
from appliance.models import Address, Delivery, Event, Message, now
from appliance.services.clock_jumps import ClockWatch, move_waits
from tests.unit.services.conftest import Desk

DAY = timedelta(days=1)


@pytest.fixture
def waiting(desk: Desk) -> int:
    """A delivery that is to be tried again in ten seconds; its address rests as long."""
    desk.write({"chat": "7", "id": "1", "text": "hello"})
    with db.write() as session:
        address = session.query(Address).one()
        message = session.query(Message).first()
        assert message is not None
        address.paused_until = now() + timedelta(seconds=10)
        delivery = Delivery(message_id=message.id, address_id=address.id, connection_id=address.connection_id)
        delivery.next_try_at = address.paused_until
        session.add(delivery)
        session.flush()
        return delivery.id


def moments(desk: Desk, delivery_id: int) -> tuple[Any, Any, Any]:
    with desk.read() as session:
        delivery = session.get_one(Delivery, delivery_id)
        return delivery.next_try_at, session.get_one(Address, delivery.address_id).paused_until, delivery.not_before


@pytest.mark.parametrize("jump", [DAY, -DAY])
def test_waits_move_with_the_clock_and_what_waits_for_nothing_stays(desk: Desk, waiting: int, jump: timedelta) -> None:
    before = moments(desk, waiting)
    move_waits(now(), now() + jump)
    assert moments(desk, waiting)[2] is None
    for old, new in zip(before[:2], moments(desk, waiting)[:2], strict=True):
        assert abs(new - old - jump) < timedelta(seconds=1)


@pytest.mark.parametrize("jump", [DAY, -DAY])
def test_waits_that_were_made_by_the_new_clock_stay(desk: Desk, waiting: int, jump: timedelta) -> None:
    before = moments(desk, waiting)
    move_waits(now() - jump, now())
    assert moments(desk, waiting) == before


def test_a_clock_that_only_ticks_moves_nothing(desk: Desk, waiting: int) -> None:
    before = moments(desk, waiting)
    watch = ClockWatch()
    for _ in range(3):
        watch.look()
    assert moments(desk, waiting) == before


@pytest.mark.parametrize("jump", [DAY, -DAY])
def test_a_clock_that_was_set_takes_them_along(
    desk: Desk, waiting: int, jump: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = moments(desk, waiting)
    watch = ClockWatch()
    watch.look()
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + jump.total_seconds())
    watch.look()
    watch.look()
    moved = moments(desk, waiting)[0] - before[0]
    assert abs(moved - jump) < timedelta(seconds=1)


def test_a_box_that_starts_before_its_own_past_waits_no_longer_than_it_was_told(desk: Desk, waiting: int) -> None:
    before = moments(desk, waiting)
    move_waits(now(), now() + DAY)
    with db.write() as session:
        session.add(Event(kind="test", at=now() + DAY))
    ClockWatch().look()
    assert abs(moments(desk, waiting)[0] - before[0]) < timedelta(seconds=1)


def test_a_later_start_leaves_waits_alone_that_were_made_by_the_right_clock(desk: Desk, waiting: int) -> None:
    before = moments(desk, waiting)
    with db.write() as session:
        session.add(Event(kind="test", at=now() + DAY))
    ClockWatch().look()
    assert moments(desk, waiting) == before
