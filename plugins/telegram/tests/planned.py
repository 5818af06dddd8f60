"""Short ways to say what is to be sent, for tests of plans."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from appliance import Manner, Outgoing, OutgoingPart, PartKind, Reference

MIMES: dict[str, str] = {
    "photo": "image/jpeg",
    "video": "video/mp4",
    "video_note": "video/mp4",
    "voice": "audio/ogg",
    "audio": "audio/mpeg",
    "animation": "image/gif",
    "sticker": "image/webp",
    "document": "application/pdf",
}


def part(kind: PartKind, text: str = "", **fields: Any) -> OutgoingPart:
    if kind in MIMES:
        fields = {"file_id": 40, "mime": MIMES[kind], "name": f"a.{kind}", **fields}
    return OutgoingPart(0, kind, text, **fields)


def outgoing(
    *parts: OutgoingPart, reply_to: Reference | None = None, manner: Manner | None = None, address: str = "5"
) -> Outgoing:
    return Outgoing(address, number(parts), reply_to, manner or Manner())


def number(parts: tuple[OutgoingPart, ...]) -> tuple[OutgoingPart, ...]:
    return tuple(replace(one, position=place) for place, one in enumerate(parts))
