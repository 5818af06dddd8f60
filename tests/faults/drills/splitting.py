"""The worker is killed between the pieces of texts that are too long for one message."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import Any

from tests.faults.drills.leaving import greet, settle_uncertain
from tests.faults.drills.mixed import long_text
from tests.faults.drills.tally import Tally, count_outgoing
from tests.harness.processes import wait_for_end
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

PIECES = """
    SELECT d.id AS delivery, d.attempts, d.lease_owner AS owner, p.id, p.state FROM delivery d
    JOIN delivery_piece p ON p.delivery_id = d.id WHERE d.state IN ('queued', 'sending') ORDER BY d.id, p.position
"""
Row = dict[str, Any]


@dataclass
class Hits:
    """Deliveries that were met by a kill: `between`, when one of their pieces had arrived and no byte of the next one
    had left; `within`, when a piece of them, be it the first, was leaving."""

    between: int = 0
    within: int = 0


def drill(shop: Shop, seed: int, contacts: int = 6, kills: int = 4) -> tuple[Tally, Hits]:
    """One long text for each of some new customers; the worker dies `kills` times, each time with one half sent."""
    chance = random.Random(seed)
    phones = greet(shop, contacts)
    before, hits = shop.box.kills, Hits()
    with shop.hire() as staff:
        for number, ticket in enumerate(shop.tickets(phones).values()):
            staff.reply(ticket, long_text(number))
        for _ in range(kills):
            wait_until(lambda: _half_sent(shop), "a text that has left in part", 60, every=0.005)
            time.sleep(chance.choice((0, chance.uniform(0, 0.2))))
            wait_for_end([shop.box.kill("worker")])
            for rows in _unfinished(shop):
                _note(shop, rows, hits)
            if not _half_sent(shop):
                break
        shop.settle(90)
        tally = Tally(kills=shop.box.kills - before) + count_outgoing(shop, phones)
        settle_uncertain(shop, staff, phones)
    decided = count_outgoing(shop, phones)
    tally.lost, tally.doubled = tally.lost + decided.lost, tally.doubled + decided.doubled
    return tally, hits


def _unfinished(shop: Shop) -> list[list[Row]]:
    """The pieces of each delivery of which one has not arrived."""
    deliveries: dict[int, list[Row]] = {}
    for row in shop.box.read(PIECES):
        deliveries.setdefault(row["delivery"], []).append(row)
    return [rows for rows in deliveries.values() if rows[-1]["state"] != "sent"]


def _half_sent(shop: Shop) -> list[list[Row]]:
    """Those of them of which one has arrived."""
    return [rows for rows in _unfinished(shop) if rows[0]["state"] == "sent"]


def _note(shop: Shop, rows: list[Row], hits: Hits) -> None:
    following = next(row for row in rows if row["state"] != "sent")
    notes = shop.box.data / "wire" / (following["owner"] or "nobody")
    left = notes.read_text().splitlines() if notes.exists() else []
    if following["state"] == "sending" and f"{following['id']}:{following['attempts']}" in left:
        hits.within += 1
    elif following is not rows[0]:
        hits.between += 1
