"""kill -9 of the worker while 200 replies leave."""

from __future__ import annotations

import pytest

from tests.faults.drills import leaving
from tests.harness.shop import Shop

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


def test_every_reply_is_sent_once_or_shown_as_uncertain(shop: Shop, seed: int) -> None:
    tally = leaving.drill(shop, seed)
    assert tally.is_clean(), tally
    assert (tally.kills, tally.replies) == (3, 225)
    # A worker sends to four addresses at a time: no more can be in doubt when it dies.
    assert tally.uncertain <= 3 * 4
    shop.box.check_database()
