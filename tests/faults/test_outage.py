"""The Bot API does not serve for a while."""

from __future__ import annotations

import pytest

from tests.faults.drills import outage
from tests.harness.shop import Shop

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


@pytest.mark.parametrize("kind", outage.OUTAGES)
def test_everything_is_delivered_afterwards_in_order_and_staff_were_told(shop: Shop, kind: str) -> None:
    tally = outage.drill(shop, kind)
    assert tally.is_clean(), tally
    # Nothing had gone out when it began, so nothing can be in doubt.
    assert (tally.messages, tally.replies, tally.uncertain) == (40, 40, 0)
