"""The messenger does not serve for a while, and both sides go on writing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from appliance_sandbox.control import Control
from tests.faults.drills.leaving import greet, settle_uncertain
from tests.faults.drills.tally import Tally, count_incoming, count_outgoing
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

LONG: Mapping[str, Any] = {"times": 100_000, "lasts": 120}
OUTAGES: Mapping[str, Callable[[Control], object]] = {
    "answers 502": lambda control: control.add_fault("bad_gateway", **LONG),
    "answers 500": lambda control: control.add_fault("internal_error", **LONG),
    "answers 429": lambda control: control.add_fault("too_many_requests", retry_after=1, **LONG),
    "answers 409": lambda control: control.add_fault("conflict", methods=["getUpdates"], **LONG),
    "refuses connections": lambda control: control.refuse(120),
    "answers half of its JSON": lambda control: control.add_fault("truncate", **LONG),
    "promises more bytes than it sends": lambda control: control.add_fault("cut_short", **LONG),
}
# In the long run only: a second box really does it in a test of its own.
LATER = frozenset({"answers 409"})
# It did what it was asked, and nobody can read that it did.
DOING = frozenset({"answers half of its JSON", "promises more bytes than it sends"})


def drill(shop: Shop, outage: str, contacts: int = 10, rounds: int = 2) -> Tally:
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
        wait_until(lambda: shop.connection()["trouble_code"], "trouble at the connection", 40)
        control.clear_faults()
        shop.settle(90)
        wait_until(lambda: not shop.connection()["trouble_code"], "the end of the trouble", 60)
        texts = ["Good morning", *(f"message {number}" for number in range(1, rounds + 1))]
        tally = count_incoming(shop, {phone.chat_id: texts for phone in phones}) + count_outgoing(shop, phones)
        settle_uncertain(shop, staff, phones)
    tally.doubled += count_outgoing(shop, phones).doubled
    return tally
