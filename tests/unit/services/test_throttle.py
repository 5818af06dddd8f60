"""Each failure doubles the wait."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from appliance import db
from appliance.models import Attempt, now
from appliance.services import throttle
from appliance.services.throttle import Throttled
from tests.unit.services.conftest import Desk


def let_time_pass() -> None:
    with db.write() as session:
        session.execute(update(Attempt).values(blocked_until=now() - timedelta(seconds=1)))


def waits(subject: str, times: int) -> list[int]:
    """How long one has to wait after each of so many failures."""
    found = []
    for _ in range(times):
        throttle.attempt(subject)
        try:
            throttle.attempt(subject)
        except Throttled as wait:
            found.append(wait.seconds)
        let_time_pass()
    return found


def test_the_wait_doubles_up_to_a_quarter_of_an_hour(desk: Desk) -> None:
    for _ in range(4):
        throttle.attempt("login:anna")
    found = waits("login:anna", 12)
    assert found[:4] == [2, 4, 8, 16] or found[:4] == [3, 5, 9, 17]
    assert max(found) <= 901
    assert found[-1] >= 899


def test_another_subject_does_not_wait(desk: Desk) -> None:
    for _ in range(5):
        throttle.attempt("login:anna")
    with pytest.raises(Throttled):
        throttle.attempt("login:anna")
    throttle.attempt("login:mary")


def test_while_one_waits_nothing_is_counted(desk: Desk) -> None:
    for _ in range(5):
        throttle.attempt("login:anna")
    for _ in range(50):
        with pytest.raises(Throttled):
            throttle.attempt("login:anna")
    with db.session() as session:
        assert session.scalars(select(Attempt)).one().failures == 5


def test_many_at_once_get_no_more_tries_than_one_by_one(desk: Desk) -> None:
    def attempt(_: int) -> bool:
        try:
            throttle.attempt("login:anna")
        except Throttled:
            return False
        return True

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(attempt, range(40))) == 5


def test_a_day_later_it_is_forgotten(desk: Desk) -> None:
    for _ in range(5):
        throttle.attempt("login:anna")
    with db.write() as session:
        session.execute(update(Attempt).values(last_at=now() - timedelta(days=1, seconds=1)))
    throttle.attempt("login:anna")


def test_a_very_long_subject_is_cut(desk: Desk) -> None:
    for _ in range(5):
        throttle.attempt("login:" + "x" * 5000)
    with pytest.raises(Throttled):
        throttle.attempt("login:" + "x" * 5000)
