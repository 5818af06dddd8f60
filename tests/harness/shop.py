"""A whole shop: customers with phones at the sandbox, its bot, and the box that serves it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from appliance_sandbox.control import Phone
from tests.harness.box import Box
from tests.harness.sandbox import Sandbox
from tests.harness.staff import Staff
from tests.harness.waiting import wait_until

UNFINISHED = """
    SELECT (SELECT count(*) FROM inbound_update WHERE state = 'new') AS unread,
           (SELECT count(*) FROM delivery WHERE state IN ('queued', 'sending')) AS undelivered,
           (SELECT count(*) FROM file WHERE state IN ('waiting', 'fetching')) AS unfetched,
           (SELECT coalesce(max(id), 0) FROM event)
             - (SELECT coalesce(max(event_id), 0) FROM cursor WHERE consumer = 'answering') AS unanswered
"""
_prefixes = itertools.count(1)


@dataclass
class Shop:
    """What a test that needs everything gets. Customers are new ones for each test, so that tests may share a shop."""

    sandbox: Sandbox
    box: Box
    bot_id: int
    token: str
    people: dict[int, Phone] = field(default_factory=dict)

    def add_customers(self, number: int) -> list[Phone]:
        found = self.sandbox.add_customers(self.bot_id, number, f"Customer {next(_prefixes)}")
        self.people |= {phone.chat_id: phone for phone in found}
        return found

    def write(self, lines: Iterable[tuple[Phone, str]]) -> None:
        """Customers write, all at once."""
        acts = [{"customer": phone.customer_id, "act": "text", "text": text} for phone, text in lines]
        self.sandbox.control.act_many(self.bot_id, acts)

    def hire(self) -> Staff:
        """To be closed."""
        return Staff(self.box)

    def settle(self, limit: float = 60.0) -> None:
        """Wait until everything that was written is read and answered, its files are fetched, and everything to be sent
        has left."""
        wait_until(self._is_at_rest, "an end of the work", limit, shown=self._describe, every=0.2)

    def tickets(self, phones: Sequence[Phone]) -> dict[int, int]:
        """chat → its newest ticket."""
        statement = (
            "SELECT a.external_id AS chat, max(t.id) AS ticket FROM ticket t JOIN address a ON a.id = t.address_id"
        )
        found = {chat_of(row): row["ticket"] for row in self.box.read(f"{statement} GROUP BY a.external_id")}
        return {phone.chat_id: found[phone.chat_id] for phone in phones}

    def connection(self) -> dict[str, object]:
        """The row of the bot's connection."""
        return self.box.read("SELECT * FROM connection")[0]

    def _is_at_rest(self) -> bool:
        # In this order: what leaves the first place is seen in the next one.
        return not self.sandbox.control.pending(self.bot_id) and not any(self.box.read(UNFINISHED)[0].values())

    def _describe(self) -> str:
        troubles = self.box.read("SELECT trouble_code, paused_until, unsure_since FROM connection")
        pending = len(self.sandbox.control.pending(self.bot_id))
        return f"{pending} pending at the sandbox, {self.box.read(UNFINISHED)[0]}, {troubles}"


def chat_of(row: Mapping[str, Any]) -> int:
    """The customer's number in a row's `chat`; 0 for an address that is none of ours: poisoned updates bring such."""
    return int(row["chat"]) if re.fullmatch("-?[0-9]+", row["chat"]) else 0


@contextmanager
def open_shop(folder: Path, environ: Mapping[str, str] | None = None) -> Iterator[Shop]:
    """A running shop with a connected bot, its box with further variables; whatever happens, its processes end."""
    sandbox, box = Sandbox(folder / "sandbox"), Box(folder / "box", environ)
    try:
        sandbox.start()
        bot = sandbox.add_bot()
        box.set_up(bot["token"], sandbox.url)
        box.start()
        yield Shop(sandbox, box, bot["id"], bot["token"])
    finally:
        box.stop()
        sandbox.stop()
