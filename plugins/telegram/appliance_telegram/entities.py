"""Formatting of a text: Telegram's entities in UTF-16 units, ours in code points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from appliance import Entity
from appliance_telegram import limits
from appliance_telegram.border import Raw, read_count, read_id, read_line, section, sections
from appliance_telegram.units import Ruler

_READ_AT_MOST = 500
_OURS = {"text_link": "link", "url": "link", "text_mention": "mention", "expandable_blockquote": "blockquote"}
_KIND = re.compile(r"[a-z_]{1,32}", re.ASCII)
_SAFE_LINK = re.compile(r"(?:https?|tg|mailto|tel):", re.IGNORECASE)
_HAS_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# The rest (mentions, hashtags, addresses) Telegram finds by itself.
_SENDABLE = ("bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote")


def read_entities(text: str, raw: Raw, key: str) -> tuple[Entity, ...]:
    """What of raw[key] lies within the text, in the order it came."""
    ruler = Ruler(text)
    found = (_read(text, ruler, item) for item in sections(raw, key)[:_READ_AT_MOST])
    return tuple(entity for entity in found if entity is not None)


def _read(text: str, ruler: Ruler, raw: Raw) -> Entity | None:
    offset, length, kind = read_count(raw, "offset"), read_count(raw, "length"), raw.get("type")
    if offset is None or length is None or not isinstance(kind, str) or not _KIND.fullmatch(kind):
        return None
    start, end = ruler.point_from(offset), ruler.point_before(offset + length)
    if start >= end:
        return None
    url = _read_url(text[start:end], kind, raw)
    if kind in ("url", "text_link") and not url:
        return None
    return Entity(_OURS.get(kind, kind), start, end - start, url)


def _read_url(words: str, kind: str, raw: Raw) -> str:
    if kind == "text_mention":
        person = read_id(section(raw, "user"), "id")
        return f"tg://user?id={person}" if person else ""
    if kind == "url":
        return words if _SAFE_LINK.match(words) else "" if _HAS_SCHEME.match(words) else f"https://{words}"
    url = read_line(raw, "url", 2048) if kind == "text_link" else ""
    return url if _SAFE_LINK.match(url) else ""


def write_entities(text: str, entities: Sequence[Entity]) -> list[dict[str, Any]]:
    """Ours as the Bot API takes them; what goes beyond its number is left out, the text never."""
    ruler = Ruler(text)
    written = (_write(text, ruler, entity) for entity in entities)
    return [item for item in written if item is not None][: limits.ENTITIES]


def _write(text: str, ruler: Ruler, entity: Entity) -> dict[str, Any] | None:
    start, end = ruler.units(entity.offset), ruler.units(entity.offset + entity.length)
    if start >= end or entity.offset < 0:
        return None
    if entity.kind in _SENDABLE:
        return {"type": entity.kind, "offset": start, "length": end - start}
    words = text[entity.offset : entity.offset + entity.length]
    if entity.kind == "link" and _SAFE_LINK.match(entity.url) and entity.url not in (words, f"https://{words}"):
        return {"type": "text_link", "offset": start, "length": end - start, "url": entity.url}
    return None
