"""The messenger does not serve for a while, and both sides go on writing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from appliance_sandbox.control import Control
from tests.faults.drills.leaving import greet
from tests.faults.drills.tally import Tally, count_incoming, count_outgoing
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

LONG: Mapping[str, Any] = {"times": 100_000, "lasts": 60}
OUTAGES: Mapping[str, Callable[[Control], object]] = {
    "answers 502": lambda control: control.add_fault("bad_gateway", **LONG),
    "answers 429": lambda control: control.add_fault("too_many_requests", retry_after=1, **LONG),
    "refuses connections": lambda control: control.refuse(60),
}


def drill(shop: Shop, outage: str, contacts: int = 10, rounds: int = 3) -> Tally:
    """The outage ends once staff have been told of it, and everything was written meanwhile."""
    phones = greet(shop, contacts)
    control = shop.sandbox.control
    with shop.hire() as staff:
        OUTAGES[outage](control)
        tickets = shop.tickets(phones)
        for number in range(1, rounds + 1):
            for phone in phones:
                staff.reply(tickets[phone.chat_id], f"answer {number} for {phone.chat_id}")
            shop.write([(phone, f"message {number}") for phone in phones])
        wait_until(lambda: shop.connection()["trouble_code"], "trouble at the connection", 20)
    control.clear_faults()
    shop.settle(60)
    wait_until(lambda: not shop.connection()["trouble_code"], "the end of the trouble", 10)
    texts = ["Good morning", *(f"message {number}" for number in range(1, rounds + 1))]
    return count_incoming(shop, {phone.chat_id: texts for phone in phones}) + count_outgoing(shop, phones)
