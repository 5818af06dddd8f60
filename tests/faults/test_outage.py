"""The Bot API does not serve for a while."""

from __future__ import annotations

import pytest

from tests.faults.drills import outage
from tests.harness.shop import Shop

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


@pytest.mark.parametrize("kind", [kind for kind in outage.OUTAGES if kind not in outage.LATER])
def test_everything_is_delivered_afterwards_in_order_and_staff_were_told(shop: Shop, kind: str) -> None:
    tally = outage.drill(shop, kind)
    assert tally.is_clean(), tally
    assert (tally.messages, tally.replies) == (30, 30)
    # Where nothing had gone out, nothing can be in doubt; else what a worker sends at a time.
    assert tally.uncertain <= (4 if kind in outage.DOING else 0)
