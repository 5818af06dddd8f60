"""kill -9 of web and worker while 500 updates arrive from 100 customers."""

from __future__ import annotations

import pytest

from tests.faults.drills import arriving
from tests.harness.shop import Shop

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


def test_every_message_is_kept_once_in_order_and_everybody_is_acknowledged_once(fragile_shop: Shop, seed: int) -> None:
    known = set(fragile_shop.people)
    tally = arriving.drill(fragile_shop, seed)
    phones = [phone for chat, phone in fragile_shop.people.items() if chat not in known]
    assert tally.is_clean(), tally
    assert (tally.kills, tally.messages, tally.replies) == (5, 500, 100)
    assert arriving.count_acknowledgements(fragile_shop, phones) == [1] * 100
    fragile_shop.box.check_database()
