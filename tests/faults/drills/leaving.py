"""Staff answer while the worker, which sends, is killed."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from functools import partial

from appliance_sandbox.control import Phone
from tests.faults.drills.killing import kill_at_random, meanwhile, spread
from tests.faults.drills.tally import Tally, count_outgoing, uncertain_deliveries
from tests.harness.shop import Shop
from tests.harness.staff import Staff

SECONDS = 10.0
# An answer takes so long, as over a real line: a kill meets requests that are under way.
LINE_SECONDS = 0.1


def drill(shop: Shop, seed: int, replies: int = 200, contacts: int = 25, kills: int = 3) -> Tally:
    """`replies` to `contacts` new customers within ten seconds, then a person looks at what is uncertain.

    The tally tells what was uncertain before that; lost and doubled are counted before and after.
    """
    chance = random.Random(seed)
    phones = greet(shop, contacts)
    before = shop.box.kills
    shop.sandbox.control.add_fault("delay", methods=["sendMessage"], seconds=LINE_SECONDS, times=replies * 10)
    with shop.hire() as staff:
        answer = partial(_answer_all, staff, shop.tickets(phones), replies, random.Random(chance.random()))
        meanwhile(answer, then=partial(kill_at_random, shop.box, ["worker"] * kills, chance))
        shop.settle(90)
        interrupted = count_outgoing(shop, phones)
        settle_uncertain(shop, staff, phones)
    shop.sandbox.control.clear_faults()
    decided = count_outgoing(shop, phones)
    interrupted.lost += decided.lost
    interrupted.doubled += decided.doubled
    interrupted.failed += decided.failed
    return Tally(kills=shop.box.kills - before) + interrupted


def greet(shop: Shop, number: int) -> list[Phone]:
    """New customers, each with a ticket and the acknowledgement on the phone."""
    phones = shop.add_customers(number)
    shop.write([(phone, "Good morning") for phone in phones])
    shop.settle()
    return phones


def settle_uncertain(shop: Shop, staff: Staff, phones: Sequence[Phone]) -> None:
    """As a person does who has asked the customer: what arrived is left, what did not is sent again."""
    for delivery, arrived in uncertain_deliveries(shop, phones):
        (staff.leave if arrived else staff.retry)(delivery)
    shop.settle(30)


def _answer_all(staff: Staff, tickets: Mapping[int, int], replies: int, chance: random.Random) -> None:
    for number, pause in enumerate(spread(replies, SECONDS, chance), 1):
        time.sleep(pause)
        staff.reply(chance.choice(list(tickets.values())), f"answer {number}")
