"""kill -9 of the supervisor, as the kernel does when memory runs out."""

from __future__ import annotations

import pytest

from tests.faults.drills.leaving import greet
from tests.faults.drills.tally import count_incoming, count_outgoing
from tests.harness.shop import Shop

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


def test_nothing_is_left_running_and_everything_continues_after_a_start(shop: Shop) -> None:
    phones = greet(shop, 10)
    with shop.hire() as staff:
        shop.write([(phone, "before") for phone in phones])
        for ticket in shop.tickets(phones).values():
            staff.reply(ticket, f"answer in {ticket}")
        shop.box.kill_all()
        assert not shop.box.serves()
        shop.write([(phone, "meanwhile") for phone in phones])
        for ticket in shop.tickets(phones).values():
            staff.reply(ticket, f"another answer in {ticket}")
        shop.box.start()
        shop.settle(60)
    tally = count_incoming(shop, {phone.chat_id: ["Good morning", "before", "meanwhile"] for phone in phones})
    tally += count_outgoing(shop, phones)
    assert tally.is_clean(), tally
    assert (tally.messages, tally.replies) == (30, 30)
    shop.box.check_database()
