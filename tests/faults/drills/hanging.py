"""The messenger takes requests and does not answer."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from tests.faults.drills.leaving import greet, settle_uncertain
from tests.faults.drills.tally import Tally, count_outgoing
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

HANG_SECONDS = 5.0
PATIENCE = "telegram.request_timeout"
PARKED = """
    SELECT a.external_id AS chat FROM delivery d JOIN address a ON a.id = d.address_id WHERE d.state = 'uncertain'
"""


def drill(shop: Shop, contacts: int = 8, replies: int = 3) -> tuple[Tally, Counter[str]]:
    """Half of what hangs has been done by the messenger all the same. Also answers chat → how many were uncertain."""
    phones = greet(shop, contacts)
    control = shop.sandbox.control
    with impatient(shop, 2), shop.hire() as staff:
        for phone in phones[::2]:
            control.add_fault("hang", methods=["sendMessage"], chat_id=phone.chat_id, works=True, seconds=HANG_SECONDS)
        control.add_fault("hang", times=100_000, seconds=HANG_SECONDS)
        for number in range(1, replies + 1):
            for phone, ticket in zip(phones, shop.tickets(phones).values(), strict=True):
                staff.reply(ticket, f"answer {number} for {phone.chat_id}")
        wait_until(lambda: shop.box.read(PARKED), "an uncertain delivery", 20)
        time.sleep(HANG_SECONDS)
        control.clear_faults()
        shop.settle(60)
        parked = Counter(row["chat"] for row in shop.box.read(PARKED))
        tally = count_outgoing(shop, phones)
        settle_uncertain(shop, staff, phones)
    tally.doubled += count_outgoing(shop, phones).doubled
    return tally, parked


@contextmanager
def impatient(shop: Shop, seconds: int) -> Iterator[None]:
    """The box waits so long for an answer, and as long as before afterwards."""
    before = shop.box.command("set", PATIENCE).strip()
    shop.box.command("set", PATIENCE, str(seconds))
    try:
        yield
    finally:
        shop.box.command("set", PATIENCE, before)
