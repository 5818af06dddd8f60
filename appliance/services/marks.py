"""The marks in a text that staff type: which of them mean something, and what they enclose.

A mark is a run of exactly that many signs: **bold**, __italic__, ~~strike~~, `code`, ```pre```; or [words](link).
Backslashes just before a mark count in pairs, as in a shell: two are one, an odd one takes the mark's meaning away.
Everywhere else they are backslashes. Two underscores inside a word or an address are part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from appliance.values import Entity

STYLES = {"**": "bold", "__": "italic", "~~": "strikethrough"}
CODES = {"`": "code", "```": "pre"}
LINK = re.compile(
    r"\[([^\[\]\n]{1,512})\]\(((?:https?://[^\s()]|tg://[^\s()]|mailto:[^\s()])[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)",
    re.IGNORECASE,
)
LONGEST_LINK = 2048
_TOKEN = re.compile(r"(\\*)(`+|\*+|_+|~+|\[)")
_ADDRESS = re.compile(r"https?://[^\s*~`\\\[\]()<>\"']*[^\s*~`\\\[\]()<>\"'_]", re.IGNORECASE)


@dataclass(frozen=True)
class Mark:
    """A sign at `start`, after `slashes` backslashes."""

    sign: str
    start: int
    slashes: int

    @property
    def end(self) -> int:
        return self.start + len(self.sign)

    @property
    def escaped(self) -> bool:
        return self.slashes % 2 == 1


@dataclass
class Found:
    """What a text's marks mean: stretches to leave out, and formatting over stretches of the marked text."""

    cuts: list[tuple[int, int]] = field(default_factory=list)
    spans: list[Entity] = field(default_factory=list)

    def enclose(self, kind: str, outer: tuple[int, int], inner: tuple[int, int], url: str = "") -> None:
        self.cuts += [(outer[0], inner[0]), (inner[1], outer[1])]
        self.spans.append(Entity(kind, inner[0], inner[1] - inner[0], url))


def marks(text: str, start: int = 0, end: int | None = None) -> Iterator[Mark]:
    """Every sign that can mean something, escaped or not."""
    end = len(text) if end is None else end
    addresses = [found.span() for found in _ADDRESS.finditer(text, start, end)]
    for token in _TOKEN.finditer(text, start, end):
        while addresses and addresses[0][1] <= token.start(2):
            addresses.pop(0)
        inside = bool(addresses) and addresses[0][0] <= token.start(2)
        sign = token.group(2)
        known = link_at(text, token.start(2), end) if sign == "[" else sign in STYLES or sign in CODES
        if known and not inside:
            yield Mark(sign, token.start(2), len(token.group(1)))


def link_at(text: str, position: int, end: int) -> re.Match[str] | None:
    found = LINK.match(text, position, end)
    return found if found and found.group(1).strip() and len(found.group(2)) <= LONGEST_LINK else None


def find(text: str) -> Found:
    """Read all marks of a text."""
    found = Found()
    _read(text, 0, len(text), found)
    return found


def _read(text: str, start: int, end: int, found: Found) -> None:
    """One stretch: its marks open and close within it."""
    waiting: list[Mark] = []
    reached = start
    for mark in marks(text, start, end):
        if mark.start < reached:
            continue
        if mark.slashes:
            found.cuts.append((mark.start - (mark.slashes + 1) // 2, mark.start))
        if mark.escaped:
            continue
        if mark.sign == "[":
            reached = _read_link(text, mark, end, found)
        elif mark.sign in CODES:
            reached = _read_code(text, mark, end, found)
        else:
            _read_style(text, mark, waiting, (start, end), found)


def _read_link(text: str, mark: Mark, end: int, found: Found) -> int:
    link = link_at(text, mark.start, end)
    if link is None:
        return mark.end
    found.enclose("link", link.span(), link.span(1), link.group(2))
    _read(text, *link.span(1), found)
    return link.end()


def _read_code(text: str, mark: Mark, end: int, found: Found) -> int:
    """Up to the next run of as many signs; nothing in between is read."""
    closing = re.compile(rf"(?<!`){mark.sign}(?!`)").search(text, mark.end, end)
    if closing is None or not text[mark.end : closing.start()].strip():
        return mark.end
    first, last = mark.end, closing.start()
    if mark.sign == "`" and "\n" in text[first:last]:
        return mark.end
    if mark.sign == "```":
        first += text[first] == "\n"
        last -= text[last - 1] == "\n" and last - 1 > first
    found.enclose(CODES[mark.sign], (mark.start, closing.end()), (first, last))
    return closing.end()


def _read_style(text: str, mark: Mark, waiting: list[Mark], stretch: tuple[int, int], found: Found) -> None:
    before = text[mark.start - 1 : mark.start] if mark.start > stretch[0] else ""
    after = text[mark.end : mark.end + 1] if mark.end < stretch[1] else ""
    in_word = mark.sign == "__"
    opening = next((number for number, other in enumerate(waiting) if other.sign == mark.sign), None)
    if opening is not None and before.strip() and not (in_word and after.isalnum()):
        first = waiting[opening]
        del waiting[opening:]
        found.enclose(STYLES[mark.sign], (first.start, mark.end), (first.end, mark.start))
    elif opening is None and after.strip() and not (in_word and before.isalnum()):
        waiting.append(mark)
