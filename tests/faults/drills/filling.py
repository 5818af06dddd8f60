"""The disk is full while texts and files arrive; later somebody makes room."""

from __future__ import annotations

from dataclasses import dataclass

from appliance_sandbox.control import Phone, Upload
from tests.faults.disks import Disk, Limit
from tests.faults.drills.leaving import greet, settle_uncertain
from tests.faults.drills.mixture import FILES, SAMPLES, Bubble, digest, stored_bubbles
from tests.faults.drills.tally import Tally, compare_all, count_outgoing
from tests.harness.shop import Shop
from tests.harness.staff import Staff
from tests.harness.waiting import wait_until

ROUNDS = 3
TAKEN = "SELECT count(*) FROM inbound_update"
COMPLAINTS = ("database or disk is full", "disk I/O error", "No space left on device", "File too large")


@dataclass
class Shortage:
    """What was seen while the disk was full: updates that the messenger was told of beyond those in the journal, and
    what the status page said."""

    unkept: int
    status: str


def drill(shop: Shop, disk: Disk, contacts: int = 6) -> tuple[Tally, Shortage]:
    """`shop` lives on that disk."""
    phones = greet(shop, contacts)
    said = {phone.chat_id: [Bubble(["text"], "Good morning")] for phone in phones}
    with shop.hire() as staff:
        kept, told = shop.box.count(TAKEN), shop.box.log.stat().st_size
        for phone, ticket in zip(phones, shop.tickets(phones).values(), strict=True):
            staff.reply(ticket, f"answer for {phone.chat_id}")
        disk.fill(shop.box)
        try:
            for number in range(ROUNDS):
                for phone in phones:
                    _say(phone, number, said[phone.chat_id])
            wait_until(lambda: _complains(shop, disk, told), "a complaint about the full disk", 60)
            shortage = _look(shop, staff, kept, ROUNDS * contacts * 2)
        finally:
            disk.make_room(shop.box)
        shop.settle(150)
        tally = compare_all({chat: list(map(str, all_of)) for chat, all_of in said.items()}, stored_bubbles(shop))
        tally += count_outgoing(shop, phones)
        settle_uncertain(shop, staff, phones)
    tally.doubled += count_outgoing(shop, phones).doubled
    shop.box.check_files()
    return tally, shortage


def _say(phone: Phone, number: int, said: list[Bubble]) -> None:
    path = SAMPLES / FILES["document"]
    text, caption = f"message {number}", f"paper {number}"
    phone.write(text)
    phone.send("document", Upload(path), caption=caption)
    said += [Bubble(["text"], text), Bubble([f"document {digest(path)}"], caption)]


def _complains(shop: Shop, disk: Disk, after: int) -> bool:
    if disk.way == Limit.way:
        # Not even a log can be written then: what stays at the messenger is the sign.
        return len(shop.sandbox.control.pending(shop.bot_id)) > 0
    with shop.box.log.open("rb") as file:
        file.seek(after)
        said = file.read().decode("utf-8", "replace")
    return any(words in said for words in COMPLAINTS)


def _look(shop: Shop, staff: Staff, kept: int, written: int) -> Shortage:
    # In this order: what leaves the messenger's queue in between is in the journal by then.
    acknowledged = written - len(shop.sandbox.control.pending(shop.bot_id))
    return Shortage(max(0, acknowledged - (shop.box.count(TAKEN) - kept)), staff.status())
