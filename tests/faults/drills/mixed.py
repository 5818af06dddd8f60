"""Everything at once in both directions, while web, worker and supervisor are killed."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from functools import partial

from tests.faults.drills.killing import kill_at_random, meanwhile, spread
from tests.faults.drills.leaving import greet, settle_uncertain
from tests.faults.drills.mixture import FILES, SAMPLES, Bubble, Customer, stored_bubbles
from tests.faults.drills.tally import Tally, compare_all, count_outgoing
from tests.harness.shop import Shop

VICTIMS = ("worker", "supervisor", "web", "worker", "supervisor")
SECONDS = 12.0
# Cut into three pieces by the messenger's limit.
PARAGRAPHS = 3
PARAGRAPH = 3000


def drill(
    shop: Shop, seed: int, acts: int = 150, replies: int = 45, contacts: int = 25, victims: Sequence[str] = VICTIMS
) -> Tally:
    """`acts` of `contacts` new customers and `replies` to them within twelve seconds, then a person decides."""
    chance = random.Random(seed)
    phones = greet(shop, contacts)
    customers = [Customer(phone, random.Random(chance.random())) for phone in phones]
    for customer in customers:
        customer.bubbles.append(
            Bubble(["text"], "Good morning", message_ids=[customer.phone.messages()[0]["message_id"]])
        )
    before = shop.box.kills
    work = partial(_act, customers, acts, random.Random(chance.random()))
    answer = partial(_answer, shop, customers, replies, random.Random(chance.random()))
    meanwhile(work, answer, then=partial(kill_at_random, shop.box, victims, chance))
    shop.settle(120)
    tally = Tally(kills=shop.box.kills - before)
    tally += compare_all({one.phone.chat_id: list(map(str, one.bubbles)) for one in customers}, stored_bubbles(shop))
    tally += count_outgoing(shop, phones)
    shop.box.check_files()
    with shop.hire() as staff:
        settle_uncertain(shop, staff, phones)
    decided = count_outgoing(shop, phones)
    tally.lost, tally.doubled, tally.failed = (
        tally.lost + decided.lost, tally.doubled + decided.doubled, tally.failed + decided.failed,
    )  # fmt: skip
    return tally


def long_text(number: int) -> str:
    """One that leaves in several pieces, each known by its beginning."""
    paragraphs = (f"paragraph {part} of answer {number}, {'word ' * (PARAGRAPH // 5)}" for part in range(PARAGRAPHS))
    return "\n\n".join(paragraph.strip() for paragraph in paragraphs)


def _act(customers: Sequence[Customer], acts: int, chance: random.Random) -> None:
    for pause in spread(acts, SECONDS, chance):
        time.sleep(pause)
        chance.choice(customers).act()


def _answer(shop: Shop, customers: Sequence[Customer], replies: int, chance: random.Random) -> None:
    tickets = shop.tickets([customer.phone for customer in customers])
    with shop.hire() as staff:
        paper = staff.attach(SAMPLES / FILES["document"], "application/pdf")
        for number, pause in enumerate(spread(replies, SECONDS, chance), 1):
            time.sleep(pause)
            ticket = tickets[chance.choice(customers).phone.chat_id]
            kind = chance.randrange(3)
            text = long_text(number) if kind == 0 else f"answer {number}"
            staff.reply(ticket, text, [paper] if kind == 1 else [])
