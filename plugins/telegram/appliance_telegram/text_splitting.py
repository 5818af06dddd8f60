"""Cuts a long text where a reader would pause."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from appliance import Entity
from appliance_telegram.units import Ruler, count_units

# Where to cut, best first: between paragraphs, lines, sentences, words.
_SEAMS = tuple(re.compile(pattern) for pattern in (r"\n\s*\n", r"\n", r"[.!?…]+[\"'»”)\]]*\s", r"\s"))
# A seam in the first half would waste most of the piece.
_EARLIEST = 0.5
_JOINERS = "\u200d\ufe0e\ufe0f"
_LONGEST_CLUSTER = 16

Formatted = tuple[str, tuple[Entity, ...]]


def split_text(text: str, entities: Sequence[Entity], limit: int) -> list[Formatted]:
    """Pieces of at most `limit` UTF-16 units with their share of the formatting; [] for a blank text. Only white
    space at the seams is left out."""
    ruler = Ruler(text)
    pieces: list[Formatted] = []
    start = 0
    while start < len(text):
        end = len(text)
        if ruler.units(end) - ruler.units(start) > limit:
            end = _find_cut(text, start, ruler.point_before(ruler.units(start) + limit))
        first, last = _trim(text, start, end)
        if first < last:
            pieces.append((text[first:last], _share(entities, first, last)))
        start = end
    return pieces


def fits(text: str, limit: int) -> bool:
    return count_units(text) <= limit


def _find_cut(text: str, start: int, end: int) -> int:
    earliest = start + int((end - start) * _EARLIEST)
    for seam in _SEAMS:
        cuts = [match.end() for match in seam.finditer(text, earliest, end)]
        if cuts:
            return cuts[-1]
    return _before_cluster(text, start, end)


def _before_cluster(text: str, start: int, end: int) -> int:
    """Not inside an emoji or a letter with its accents."""
    for cut in range(end, max(start, end - _LONGEST_CLUSTER), -1):
        if cut < len(text) and not _continues(text[cut]) and text[cut - 1] not in _JOINERS[:1]:
            return cut
    return end


def _continues(character: str) -> bool:
    return character in _JOINERS or bool(unicodedata.combining(character)) or "\U0001f3fb" <= character <= "\U0001f3ff"


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _share(entities: Sequence[Entity], start: int, end: int) -> tuple[Entity, ...]:
    shares = []
    for entity in entities:
        first, last = max(entity.offset, start), min(entity.offset + entity.length, end)
        if first < last:
            shares.append(replace(entity, offset=first - start, length=last - first))
    return tuple(shares)
