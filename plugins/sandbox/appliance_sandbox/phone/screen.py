"""Everything the page shows of one customer's phone, gathered in one go."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from appliance_sandbox.control import Control
from appliance_sandbox.phone.bubbles import Bubble, Line, show_bubbles, summarise
from appliance_sandbox.phone.line import first_bot, practice_url

Json = dict[str, Any]
CONNECTED_SECONDS = 120  # a bot that asked for updates within this time is read by somebody
ANSWER_SECONDS = 6  # how long the answer to a pressed button stays
NEWEST = 100  # messages shown


@dataclass(frozen=True, slots=True)
class Contact:
    """A customer in the list, with the last line of their chat."""

    id: int
    name: str
    last: Line
    at: datetime | None
    waits: bool


@dataclass(frozen=True, slots=True)
class Screen:
    """`state` is '' (never written), started or blocked; `mark` changes whenever anything does."""

    bot: Json
    person: Json
    state: str
    typing: bool
    keyboard: tuple[tuple[str, ...], ...]
    answer: Json | None
    connected: bool
    address: str
    bubbles: list[Bubble]
    mark: str

    @property
    def name(self) -> str:
        return full_name(self.person)

    @property
    def blocked(self) -> bool:
        return self.state == "blocked"


def full_name(person: Json) -> str:
    return f"{person['first_name']} {person.get('last_name', '')}".strip()


def list_contacts(control: Control) -> list[Contact]:
    return [_contact(phone) for phone in control.phones(first_bot(control)["id"])]


def show_screen(control: Control, person: Json) -> Screen:
    bot = first_bot(control)
    chat = control.phone(bot["id"], person["id"]).chat(NEWEST)
    keyboard = (chat["keyboard"] or {}).get("keyboard", [])
    answer = chat["answer"] if chat["answer"] and time.time() - chat["answer"]["at"] < ANSWER_SECONDS else None
    connected = time.time() - (chat["polled_at"] or 0) < CONNECTED_SECONDS
    seen = [chat["messages"], chat["state"], chat["action"], keyboard, answer, connected]
    return Screen(
        bot=bot,
        person=person,
        state=chat["state"],
        typing=bool(chat["action"]),
        keyboard=tuple(tuple(key["text"] for key in row) for row in keyboard),
        answer=answer,
        connected=connected,
        address=practice_url(),
        bubbles=show_bubbles(chat["messages"]),
        mark=hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:16],
    )


def find_person(control: Control, person_id: int) -> Json:
    """LookupError when there is no such customer."""
    found = next((person for person in control.customers() if person["id"] == person_id), None)
    if found is None:
        raise LookupError(f"no customer {person_id}")
    return found


def _contact(phone: Json) -> Contact:
    last = phone["last"]
    at = datetime.fromtimestamp(last["message"]["date"], UTC) if last else None
    line = summarise(last["message"]) if last else Line()
    return Contact(phone["person"]["id"], full_name(phone["person"]), line, at, bool(last) and not last["by_bot"])
