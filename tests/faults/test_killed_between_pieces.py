"""kill -9 of the worker when a part of a long text has left."""

from __future__ import annotations

import pytest

from tests.faults.drills import splitting
from tests.harness.shop import Shop

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


def test_each_piece_is_sent_once_or_shown_as_uncertain(shop: Shop, seed: int) -> None:
    tally, hits = splitting.drill(shop, seed)
    assert tally.is_clean(), tally
    assert tally.pieces == 6 + 6 * 3, "an acknowledgement for each, and a text in three pieces"
    assert hits.between >= 1
    assert tally.uncertain <= hits.within
    shop.box.check_database()
