"""The words every other value uses: kinds, roles, and who acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Json = Mapping[str, Any]
PartKind = Literal[
    "text",
    "photo",
    "video",
    "video_note",
    "voice",
    "audio",
    "animation",
    "sticker",
    "document",
    "location",
    "venue",
    "contact",
    "poll",
    "dice",
    "unknown",
]
FILE_KINDS: tuple[PartKind, ...] = (
    "photo",
    "video",
    "video_note",
    "voice",
    "audio",
    "animation",
    "sticker",
    "document",
)
Role = Literal["owner", "manager", "agent"]
Ask = Literal["photo", "video", "location", "phone"]
ASKS: tuple[Ask, ...] = ("photo", "video", "location", "phone")
Lane = Literal["quick", "slow"]


@dataclass(frozen=True)
class Actor:
    """Who does it. Every service takes one; `id` is the agent's id when kind is 'agent'."""

    kind: Literal["system", "agent", "contact", "rule", "plugin"] = "system"
    id: int | None = None
    role: Role | None = None
    name: str = ""


SYSTEM = Actor("system")
