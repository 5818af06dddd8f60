"""How far the demo's conversations have been played: a small file, so that a restart goes on and repeats nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from appliance_sandbox import rooms


@dataclass(slots=True)
class Progress:
    """By conversation: the customer's id and the number of steps played."""

    customers: dict[str, int] = field(default_factory=dict)
    steps: dict[str, int] = field(default_factory=dict)

    def save(self) -> None:
        rooms.write_privately(_file(), json.dumps({"customers": self.customers, "steps": self.steps}))


def read_progress() -> Progress | None:
    """None while no demo was asked for in this data folder."""
    try:
        found = json.loads(_file().read_text("utf-8"))
    except FileNotFoundError:
        return None
    return Progress(found["customers"], found["steps"])


def _file() -> Path:
    return rooms.folder() / "story.json"
