"""A reply's last line: the first name of who wrote it. It goes out, and is no part of what was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from appliance.values import Actor, OutgoingPart


def of(by: Actor) -> str:
    """What somebody signs with; '' for who is no person."""
    words = by.name.split()
    return words[0] if by.kind == "agent" and words else ""


def signed(parts: Sequence[OutgoingPart], name: str) -> tuple[OutgoingPart, ...]:
    """The line below the first words; where there are none, nothing is signed. Entities stay where they are."""
    first = next((number for number, part in enumerate(parts) if part.text.strip()), None)
    if not name or first is None:
        return tuple(parts)
    made = replace(parts[first], text=f"{parts[first].text}\n\n— {name}")
    return (*parts[:first], made, *parts[first + 1 :])
