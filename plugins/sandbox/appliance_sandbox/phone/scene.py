"""What the page shows a piece of: whose phone it is, which chat is open on it, and as whom they speak there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import request

from appliance_sandbox.control import Control, Phone
from appliance_sandbox.phone.line import first_bot

# A whole link (t.me/bot?start=CODE), the page's own (/sandbox/?start=CODE), or the code alone.
LINK = re.compile(r"(?:\S*[?&]start=)?([A-Za-z0-9_-]{1,64})(?:&\S*)?")


@dataclass(frozen=True, slots=True)
class Scene:
    """Part of every address of the page. `group_id` 0 is the private chat; `start` the code of an opened link."""

    person_id: int
    group_id: int = 0
    anonymous: bool = False
    start: str = ""

    @property
    def chat_id(self) -> int:
        return self.group_id or self.person_id

    @property
    def place(self) -> dict[str, Any]:
        """The arguments of an address that name chat and voice."""
        return {"group": self.group_id or None, "anonymous": "1" if self.anonymous else None}

    def phone(self, control: Control) -> Phone:
        return control.phone(first_bot(control)["id"], self.person_id, self.chat_id, self.anonymous)


def read_scene(person_id: int) -> Scene:
    """The scene the current request is about."""
    arguments = request.args
    group_id = arguments.get("group", 0, int)
    anonymous = bool(group_id) and "anonymous" in arguments
    return Scene(person_id, group_id, anonymous, read_code(arguments.get("start", "")))


def read_code(text: str) -> str:
    """What a link brings to the bot; empty for a text that is no such link."""
    found = LINK.fullmatch(text.strip())
    return found[1] if found else ""
