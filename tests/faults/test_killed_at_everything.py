"""kill -9 of web, worker and supervisor under a load of everything, in and out."""

from __future__ import annotations

import pytest

from tests.faults.drills import mixed
from tests.harness.shop import Shop

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


def test_everything_is_kept_and_sent_once_and_no_file_is_half_written(shop: Shop, seed: int) -> None:
    tally = mixed.drill(shop, seed)
    assert tally.is_clean(), tally
    assert tally.kills == len(mixed.VICTIMS)
    assert tally.pieces > tally.replies, "some were cut into pieces"
    # A worker sends to four addresses at a time: no more can be in doubt when it dies, with its supervisor or alone.
    assert tally.uncertain <= 4 * 4
    shop.box.wait_until_serving()
    shop.box.check_database()
