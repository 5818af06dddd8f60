"""The people and groups in the page's list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from appliance_sandbox.control import Control
from appliance_sandbox.phone.bubbles import Line, summarise
from appliance_sandbox.phone.line import first_bot

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Contact:
    """A customer or a group, with the last line of the chat. `voice`: who speaks first in the group, 0 for nobody."""

    id: int
    name: str
    last: Line
    at: datetime | None
    waits: bool
    is_group: bool = False
    voice: int = 0


def full_name(person: Json) -> str:
    return f"{person['first_name']} {person.get('last_name', '')}".strip()


def list_contacts(control: Control) -> list[Contact]:
    """Latest first; who has never written comes last."""
    bot_id = first_bot(control)["id"]
    people = [_contact(one["person"]["id"], full_name(one["person"]), one) for one in control.phones(bot_id)]
    groups = [_group(one) for one in control.groups(bot_id)]
    never = datetime.min.replace(tzinfo=UTC)
    return sorted(people + groups, key=lambda contact: contact.at or never, reverse=True)


def _group(one: Json) -> Contact:
    group, members = one["group"], one["members"]
    return _contact(group["id"], group["title"], one, is_group=True, voice=members[0] if members else 0)


def _contact(number: int, name: str, one: Json, is_group: bool = False, voice: int = 0) -> Contact:
    last = one["last"]
    at = datetime.fromtimestamp(last["message"]["date"], UTC) if last else None
    line = summarise(last["message"]) if last else Line()
    return Contact(number, name, line, at, bool(last) and not last["by_bot"], is_group, voice)
