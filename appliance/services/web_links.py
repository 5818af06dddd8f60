"""Addresses in what people write."""

from __future__ import annotations

import re
from collections.abc import Iterable

from appliance.values import Entity

# Punctuation at the end belongs to the sentence.
ADDRESS = re.compile(r"https?://[^\s<>\"'«»]+[^\s<>\"'«».,;:!?)\]}]")
_MARKED = frozenset({"url", "link", "text_link"})


def found_in(text: str, entities: Iterable[Entity] = ()) -> tuple[str, ...]:
    """Each address once, those behind marked words first; only ones that lead to the web."""
    marked = [_target(text, entity) for entity in entities if entity.kind in _MARKED]
    found = [address for address in marked if ADDRESS.fullmatch(address)] + ADDRESS.findall(text)
    return tuple(dict.fromkeys(found))


def _target(text: str, entity: Entity) -> str:
    words = text[entity.offset : entity.offset + entity.length]
    address = entity.url or words
    return address if "://" in address else f"https://{address}"
