"""Somebody revokes the bot's token; later the owner enters a new one."""

from __future__ import annotations

from tests.faults.drills.leaving import greet
from tests.faults.drills.tally import Tally, count_incoming, count_outgoing
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until


def drill(shop: Shop, contacts: int = 6) -> tuple[Tally, int]:
    """Also answers how many replies were tried with the revoked token."""
    phones = greet(shop, contacts)
    control = shop.sandbox.control
    with shop.hire() as staff:
        shop.write([(phone, "before") for phone in phones])
        seen = max((one["id"] for one in control.requests(limit=50_000)), default=0)
        control.add_fault("unauthorized", times=100_000)
        for phone, ticket in zip(phones, shop.tickets(phones).values(), strict=True):
            staff.reply(ticket, f"answer for {phone.chat_id}")
        shop.write([(phone, "meanwhile") for phone in phones])
        wait_until(lambda: shop.connection()["trouble_code"] == "token_revoked", "word of the revoked token", 60)
        tried = len(control.requests("sendMessage", after=seen, limit=50_000))
        shop.token = control.change_bot(shop.bot_id, renew=True)["token"]
        control.clear_faults()
        staff.renew(int(str(shop.connection()["id"])), shop.token)
        shop.settle(90)
    wait_until(lambda: not shop.connection()["trouble_code"], "the end of the trouble", 40)
    said = {phone.chat_id: ["Good morning", "before", "meanwhile"] for phone in phones}
    return count_incoming(shop, said) + count_outgoing(shop, phones), tried
