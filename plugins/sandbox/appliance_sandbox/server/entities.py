"""Formatted text: what parse_mode or entities make of it, and what the server finds by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from appliance_sandbox.server import html_markup, markdown_markup, units
from appliance_sandbox.server.errors import bad_request
from appliance_sandbox.server.parameters import Parameters

Json = dict[str, Any]
MOST_ENTITIES = 100
KNOWN = frozenset(
    {
        "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic", "underline",
        "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre", "text_link", "text_mention",
        "custom_emoji", "date_time",
    }
)  # fmt: skip
PARSERS: dict[str, Callable[[str], tuple[str, list[Json]]]] = {
    "html": html_markup.parse,
    "markdown": markdown_markup.parse_legacy,
    "markdownv2": markdown_markup.parse,
}
LAST_OF_ONE_UNIT = 0xFFFF  # of the characters that are one UTF-16 unit
FOUND = {
    "url": re.compile(r"\bhttps?://[^\s<>\"]+|\bwww\.[^\s<>\"]+"),
    "email": re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]+\b"),
    "mention": re.compile(r"(?<![\w@])@[A-Za-z]\w{4,31}\b"),
    "hashtag": re.compile(r"(?<![\w#])#\w*[^\W\d]\w*"),
    "bot_command": re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w+)?(?![\w/])"),
}


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text after parsing, with entities counted in UTF-16 units."""

    text: str
    entities: list[Json]

    def fields(self, text: str, entities: str) -> Json:
        """As fields of a message; nothing for an empty text."""
        if not self.text:
            return {}
        return {text: self.text, **({entities: self.entities} if self.entities else {})}


def read_formatted(parameters: Parameters, text: str, entities: str, parse_mode: str = "parse_mode") -> Formatted:
    """The text in those parameters, parsed and stripped as the server does it."""
    raw = parameters.text(text).replace("\r", "").replace("\0", "")
    given = parameters.listing(entities)
    mode = parameters.text(parse_mode).lower()
    if mode and not given:
        if mode not in PARSERS:
            raise bad_request("unsupported parse_mode")
        raw, given = PARSERS[mode](raw)
    return format_text(raw, given)


def format_text(raw: str, given: list[Json]) -> Formatted:
    """Strip the text, check the given entities against it, add those the server finds."""
    text = raw.strip()
    shift = units.length(raw[: len(raw) - len(raw.lstrip())])
    moved = [_moved(entity, shift, units.length(text)) for entity in given]
    _check_symbols(text, moved)
    kept = [entity for entity in moved if entity["length"] > 0]
    everything = kept + [entity for entity in _find(text) if not any(_overlap(entity, one) for one in kept)]
    ordered = sorted(everything, key=lambda entity: (entity["offset"], -entity["length"]))
    return Formatted(text, ordered[:MOST_ENTITIES])


def _moved(entity: Any, shift: int, size: int) -> Json:
    try:
        offset, end = int(entity["offset"]) - shift, int(entity["offset"]) - shift + int(entity["length"])
        kind = str(entity["type"])
    except (KeyError, TypeError, ValueError):
        raise bad_request("can't parse MessageEntity") from None
    if kind not in KNOWN:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    start = max(0, offset)
    return {**entity, "type": kind, "offset": start, "length": min(size, end) - start}


def _check_symbols(text: str, given: list[Json]) -> None:
    """ApiError for an entity whose edge lies inside an emoji: counted in characters, not in UTF-16 units."""
    inner, position = set(), 0
    for character in text:
        if ord(character) > LAST_OF_ONE_UNIT:
            inner.add(position + 1)
            position += 1
        position += 1
    for entity in given:
        for edge, what in ((entity["offset"], "begins"), (entity["offset"] + entity["length"], "ends")):
            if edge in inner:
                raise bad_request(f"entity {what} in a middle of a UTF-16 symbol at byte offset {edge}")


def _find(text: str) -> list[Json]:
    found: list[Json] = []
    for kind, pattern in FOUND.items():
        for match in pattern.finditer(text):
            offset, size = units.length(text[: match.start()]), units.length(match.group())
            entity = {"type": kind, "offset": offset, "length": size}
            if not any(_overlap(entity, one) for one in found):
                found.append(entity)
    return found


def _overlap(one: Json, other: Json) -> bool:
    starts_before: bool = one["offset"] < other["offset"] + other["length"]
    ends_after: bool = other["offset"] < one["offset"] + one["length"]
    return starts_before and ends_after
