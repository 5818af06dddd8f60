"""The clock is set by a day while the box runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.clock import Clock
from tests.faults.drills import jumping
from tests.harness.shop import Shop, open_shop

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]
HOLDERS = "SELECT name, owner, taken_at FROM lease ORDER BY name"


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path)


@pytest.fixture
def timed_shop(clock: Clock, tmp_path: Path) -> Iterator[Shop]:
    """A shop whose box goes by that clock."""
    with open_shop(tmp_path / "shop", clock.environ) as shop:
        yield shop


def test_nothing_waits_for_a_day_or_leaves_twice_and_every_lease_stays(clock: Clock, timed_shop: Shop) -> None:
    holders, worker = timed_shop.box.read(HOLDERS), timed_shop.box.pid("worker")
    tally = jumping.drill(timed_shop, clock, (1, 0))
    assert tally.is_clean(), tally
    assert (tally.messages, tally.uncertain) == (8 * 3, 0)
    assert timed_shop.box.read(HOLDERS) == holders
    assert timed_shop.box.pid("worker") == worker, "nobody took it for one that hangs"
    assert timed_shop.connection()["trouble_code"] == ""
    timed_shop.box.check_database()
