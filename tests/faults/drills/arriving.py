"""Customers write while web and worker are killed."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from appliance_sandbox.control import Phone
from tests.faults.drills.killing import kill_at_random, meanwhile, spread
from tests.faults.drills.tally import Tally, count_incoming, count_outgoing
from tests.harness.shop import Shop

VICTIMS = ("worker", "web", "worker", "worker", "web")
BATCH = 10
SECONDS = 10.0
Lines = Sequence[tuple[Phone, str]]


def drill(shop: Shop, seed: int, updates: int = 500, contacts: int = 100, victims: Sequence[str] = VICTIMS) -> Tally:
    """`updates` texts from `contacts` new customers within ten seconds; what became of them and their answers."""
    chance = random.Random(seed)
    phones = shop.add_customers(contacts)
    lines = _script(phones, updates, chance)
    before = shop.box.kills
    write = partial(_write_all, shop, lines, chance.random())
    meanwhile(write, then=partial(kill_at_random, shop.box, victims, chance))
    shop.settle(90)
    written: defaultdict[int, list[str]] = defaultdict(list)
    for phone, text in lines:
        written[phone.chat_id].append(text)
    return Tally(kills=shop.box.kills - before) + count_incoming(shop, written) + count_outgoing(shop, phones)


def count_acknowledgements(shop: Shop, phones: Sequence[Phone]) -> list[int]:
    """For each customer, how many were written."""
    statement = """
        SELECT count(*) FROM message m JOIN address a ON a.id = m.address_id WHERE m.kind = 'auto' AND a.external_id = ?
    """
    return [shop.box.count(statement, str(phone.chat_id)) for phone in phones]


def _script(phones: Sequence[Phone], updates: int, chance: random.Random) -> list[tuple[Phone, str]]:
    """Everybody writes at least once."""
    writers = list(phones) + chance.choices(phones, k=updates - len(phones))
    chance.shuffle(writers)
    return [(phone, f"message {number} of {phone.customer_id}") for number, phone in enumerate(writers, 1)]


def _write_all(shop: Shop, lines: Lines, seed: float) -> None:
    pauses = spread(-(-len(lines) // BATCH), SECONDS, random.Random(seed))
    for number, pause in enumerate(pauses):
        time.sleep(pause)
        shop.write(lines[number * BATCH : (number + 1) * BATCH])
