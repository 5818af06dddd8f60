"""What those who fill the demo share: who is signed in, whose phone is whose, and which numbers things have got."""

from __future__ import annotations

import re
import secrets
import tomllib
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from appliance_sandbox.control import Phone
from scripts.picturing.demo_box import DemoBox
from scripts.picturing.visits import Visit

Words = Mapping[str, Any]


@dataclass
class Desk:
    """`visits` by who it is: owner, anna, boris, vera. `known`: numbers and codes that addresses name, such as `main`
    (a ticket) or `main_contact`."""

    box: DemoBox
    words: Words
    stack: ExitStack
    visits: dict[str, Visit] = field(default_factory=dict)
    phones: dict[str, Phone] = field(default_factory=dict)
    known: dict[str, str | int] = field(default_factory=dict)

    @property
    def owner(self) -> Visit:
        return self.visits["owner"]

    def visit(self) -> Visit:
        """Somebody new at the door; closed with the stack."""
        opened = Visit(self.box.url, self.box.language)
        self.stack.callback(opened.close)
        return opened

    def post(self, who: str, address: str, **fields: Any) -> None:
        """`{main}` in the address becomes its number."""
        self.visits[who].post(address.format_map(self.known), fields)

    def write(self, who: str, key: str, text: str, mode: str = "reply", **fields: Any) -> int:
        """A reply or a note; the number of its message."""
        given = {"mode": mode, "text": text, "key": secrets.token_hex(16), **fields}
        answer = self.visits[who].post(f"/t/{self.known[key]}/messages", given)
        return int(answer.headers["X-Message"])

    def find_ticket(self, name: str) -> int:
        """The newest one in whose row this name stands; 0 while there is none."""
        rows = self.owner.read("/inbox?tab=all").split('id="row-')[1:]
        found = [int(row.partition('"')[0]) for row in rows if name in row]
        return max(found, default=0)

    def find_contact(self, ticket: object) -> int:
        """Whose ticket it is."""
        found = re.search(r'/customers/(\d+)"', self.owner.read(f"/t/{ticket}/card"))
        return int(found[1]) if found else 0


def read_words(language: str) -> Words:
    return tomllib.loads((Path(__file__).parent / f"words-{language}.toml").read_text("utf-8"))
