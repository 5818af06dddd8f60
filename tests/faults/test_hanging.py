"""The Bot API takes requests and does not answer."""

from __future__ import annotations

import pytest

from tests.faults.drills import hanging
from tests.harness.shop import Shop

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


def test_at_most_one_per_address_is_uncertain_and_the_rest_is_delivered(shop: Shop) -> None:
    tally, parked = hanging.drill(shop)
    assert tally.is_clean(), tally
    assert tally.replies == 8 * 4
    assert 1 <= tally.uncertain <= 4, "a worker sends to four addresses at a time"
    assert set(parked.values()) == {1}
