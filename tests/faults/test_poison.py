"""Hundreds of updates with something wrong in each, among good ones."""

from __future__ import annotations

import pytest

from tests.faults.drills import poison
from tests.harness.shop import Shop

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


def test_no_crash_no_stop_and_no_lost_neighbour(shop: Shop, seed: int) -> None:
    worker, web, told = shop.box.pid("worker"), shop.box.pid("web"), shop.box.log.stat().st_size
    tally, kept = poison.drill(shop, seed)
    assert tally.is_clean(), tally
    assert tally.messages == 100
    assert kept >= 290, "each is in the journal, but for those that are the same twice"
    assert (shop.box.pid("worker"), shop.box.pid("web")) == (worker, web)
    assert b"it is started again" not in shop.box.log.read_bytes()[told:], "no thread has fallen over"
    shop.box.check_database()
