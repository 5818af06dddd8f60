"""What the published Bot API says: its methods and the parameters each of them requires."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SPECIFICATION = Path(__file__).parent.parent / "bot-api.json"

# "Specify an empty list to receive all update types except chat_member, message_reaction, and
# message_reaction_count" (getUpdates).
ONLY_WHEN_NAMED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Method:
    """A published method: its name as written there and the parameters it cannot do without."""

    name: str
    required: tuple[str, ...]


@cache
def methods() -> dict[str, Method]:
    """Published methods by lower-case name: the server does not look at the case."""
    return {name.lower(): Method(name, _required(body)) for name, body in _document()["methods"].items()}


@cache
def update_kinds() -> frozenset[str]:
    fields = {field["name"] for field in _document()["types"]["Update"]["fields"]}
    return frozenset(fields - {"update_id"})


@cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(SPECIFICATION.read_bytes())
    return document


def _required(method: dict[str, Any]) -> tuple[str, ...]:
    return tuple(field["name"] for field in method["fields"] if field["required"])
