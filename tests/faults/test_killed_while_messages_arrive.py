"""kill -9 of web and worker while 500 updates arrive from 100 customers."""

from __future__ import annotations

import pytest

from tests.faults.drills import arriving
from tests.faults.drills.leaving import settle_uncertain
from tests.harness.shop import Shop

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


def test_every_message_is_kept_once_in_order_and_everybody_is_acknowledged_once(shop: Shop, seed: int) -> None:
    known = set(shop.people)
    tally = arriving.drill(shop, seed)
    assert tally.is_clean(), tally
    assert (tally.kills, tally.messages, tally.replies) == (5, 500, 100)
    phones = [phone for chat, phone in shop.people.items() if chat not in known]
    assert arriving.count_acknowledgements(shop, phones) == [1] * 100
    with shop.hire() as staff:
        settle_uncertain(shop, staff, phones)
    assert [len(phone.answers()) for phone in phones] == [1] * 100
    shop.box.wait_until_serving()
    shop.box.check_database()
