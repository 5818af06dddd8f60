"""The clock is set by a day, there and back, while messages come and go and others wait."""

from __future__ import annotations

from tests.faults.clock import Clock
from tests.faults.drills.leaving import greet, settle_uncertain
from tests.faults.drills.tally import Tally, count_incoming, count_outgoing
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

# Seconds for which the messenger asks to wait when the clock is set.
WAIT = 6
RESTING = "SELECT count(*) FROM address WHERE paused_until IS NOT NULL"


def drill(shop: Shop, clock: Clock, days: tuple[int, ...], contacts: int = 8) -> Tally:
    """`days`: where the clock is set to, one after the other. Half of the chats are told to wait each time, and that is
    when it is set."""
    phones = greet(shop, contacts)
    control = shop.sandbox.control
    said = ["Good morning"]
    with shop.hire() as staff:
        for number, day in enumerate(days):
            _make_wait(shop, [phone.chat_id for phone in phones[::2]])
            tickets = shop.tickets(phones)
            for phone in phones:
                staff.reply(tickets[phone.chat_id], f"answer {number} for {phone.chat_id}")
            wait_until(lambda: not control.faults(), "a chat that is told to wait", 30)
            clock.set(day)
            said.append(f"message {number}")
            shop.write([(phone, said[-1]) for phone in phones])
            shop.settle(90)
        tally = count_incoming(shop, {phone.chat_id: said for phone in phones}) + count_outgoing(shop, phones)
        settle_uncertain(shop, staff, phones)
    return tally


def _make_wait(shop: Shop, chats: list[int]) -> None:
    for chat in chats:
        shop.sandbox.control.add_fault(
            "too_many_requests", methods=["sendMessage"], chat_id=chat, retry_after=WAIT, times=1
        )
