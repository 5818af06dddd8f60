"""parse_mode=MarkdownV2 and the legacy Markdown."""

from __future__ import annotations

import re
from typing import Any

from appliance_sandbox.server import units
from appliance_sandbox.server.errors import bad_request

Json = dict[str, Any]
RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
MARKS = {"*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler"}
LEGACY_MARKS = {"*": "bold", "_": "italic"}
TOKEN = re.compile(
    r"\\(?P<escaped>[\x01-\x7e])"
    r"|```(?:(?P<language>\w+)\n)?(?P<pre>.*?)```"
    r"|`(?P<code>[^`]*)`"
    r"|(?P<mark>\|\||__|[*_~])"
    r"|\]\((?P<url>(?:\\.|[^)\\])*)\)"
    r"|(?P<link>!?\[)"
    r"|(?P<plain>.)",
    re.DOTALL,
)


def parse(text: str) -> tuple[str, list[Json]]:
    """MarkdownV2: plain text and entities; ApiError 400 for an unescaped reserved character."""
    return _Reader(MARKS, RESERVED).read(text)


def parse_legacy(text: str) -> tuple[str, list[Json]]:
    """The old Markdown: no nesting to speak of, nothing reserved."""
    return _Reader(LEGACY_MARKS, frozenset()).read(text)


class _Reader:
    def __init__(self, marks: dict[str, str], reserved: frozenset[str]) -> None:
        self._marks = marks
        self._reserved = reserved
        self._text: list[str] = []
        self._offset = 0
        self._open: list[Json] = []
        self._entities: list[Json] = []

    def read(self, text: str) -> tuple[str, list[Json]]:
        for match in TOKEN.finditer(text):
            self._take(match)
        if self._open:
            kind = self._open[-1]["type"]
            raise bad_request(f"can't parse entities: Can't find end of {kind.capitalize()} entity")
        return "".join(self._text), sorted(self._entities, key=lambda entity: entity["offset"])

    def _take(self, match: re.Match[str]) -> None:
        kind, found = match.lastgroup, match.group()
        if kind in {"pre", "code"}:
            language = match.group("language")
            self._add_code(kind, match.group(kind), {"language": language} if language else {})
        elif kind == "url":
            self._close_link(match.group("url"))
        elif kind == "link":
            self._start("text_link")
        elif kind == "mark" and found in self._marks:
            self._toggle(self._marks[found])
        elif kind == "escaped":
            self._write(match.group("escaped"))
        else:
            self._write_plain(found)

    def _write_plain(self, found: str) -> None:
        if any(letter in self._reserved for letter in found) and found != ">":
            raise bad_request(
                f"can't parse entities: Character '{found}' is reserved and must be escaped with the preceding '\\'"
            )
        self._write(found)

    def _write(self, text: str) -> None:
        self._text.append(text)
        self._offset += units.length(text)

    def _add_code(self, kind: str, text: str, details: Json) -> None:
        self._entities.append({"type": kind, "offset": self._offset, "length": units.length(text), **details})
        self._write(text)

    def _start(self, kind: str) -> None:
        self._open.append({"type": kind, "offset": self._offset})

    def _end(self, details: Json) -> None:
        entity = self._open.pop()
        self._entities.append({**entity, "length": self._offset - entity["offset"], **details})

    def _toggle(self, kind: str) -> None:
        if self._open and self._open[-1]["type"] == kind:
            self._end({})
        else:
            self._start(kind)

    def _close_link(self, url: str) -> None:
        if not self._open or self._open[-1]["type"] != "text_link":
            self._write_plain("]")
            return
        self._end({"url": re.sub(r"\\(.)", r"\1", url)})
