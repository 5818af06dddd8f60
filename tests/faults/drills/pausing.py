"""The messenger asks for a pause of 3,000 seconds: it is kept, told, and survives a restart."""

from __future__ import annotations

import time
from dataclasses import dataclass

from tests.faults.drills.leaving import greet
from tests.faults.drills.tally import Tally, count_incoming, count_outgoing
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

SECONDS = 3000
WATCHED_SECONDS = 4.0
WAITING = """
    SELECT d.next_try_at, a.paused_until, c.paused_until AS all_paused_until FROM delivery d
    JOIN address a ON a.id = d.address_id JOIN connection c ON c.id = d.connection_id WHERE d.state = 'queued'
"""


@dataclass
class Pause:
    """What a pause looked like: requests until everything waited, further ones while it was watched and after a restart
    of the box, and the seconds left for each delivery that waits."""

    asked: int
    hammered: int
    after_restart: int
    left: list[float]


def drill(shop: Shop, contacts: int = 4) -> tuple[Tally, Pause]:
    """Every request is answered with 429 until all wait; then the time passes."""
    phones = greet(shop, contacts)
    control = shop.sandbox.control
    with shop.hire() as staff:
        seen = max((one["id"] for one in control.requests(limit=50_000)), default=0)
        control.add_fault("too_many_requests", retry_after=SECONDS, times=100_000)
        for phone, ticket in zip(phones, shop.tickets(phones).values(), strict=True):
            staff.reply(ticket, f"answer for {phone.chat_id}")
        shop.write([(phone, "message") for phone in phones])
        wait_until(lambda: shop.connection()["trouble_code"] == "rate_limited", "word of the pause", 40)
        wait_until(lambda: _all_wait(shop, contacts), "an end of the sending", 40)
    pause = Pause(_count(shop, seen), 0, 0, _left(shop))
    pause.hammered = _count_while_watched(shop, seen) - pause.asked
    shop.box.restart()
    pause.after_restart = _count_while_watched(shop, seen) - pause.asked - pause.hammered
    shop.box.stop()
    control.clear_faults()
    shop.box.pass_time(SECONDS)
    shop.box.start()
    shop.settle(90)
    said = {phone.chat_id: ["Good morning", "message"] for phone in phones}
    return count_incoming(shop, said) + count_outgoing(shop, phones), pause


def _all_wait(shop: Shop, number: int) -> bool:
    waiting = shop.box.read(WAITING)
    return len(waiting) == number and len(_left(shop)) == number


def _left(shop: Shop) -> list[float]:
    """Seconds until each waiting delivery may leave, as far as somebody told it to wait."""
    moments = [max(filter(None, row.values()), default=0) for row in shop.box.read(WAITING)]
    return [moment / 1000 - time.time() for moment in moments if moment / 1000 > time.time()]


def _count(shop: Shop, after: int) -> int:
    return len(shop.sandbox.control.requests(after=after, limit=50_000))


def _count_while_watched(shop: Shop, after: int) -> int:
    """After some seconds: whoever hammers has done so several times by then."""
    time.sleep(WATCHED_SECONDS)
    return _count(shop, after)
