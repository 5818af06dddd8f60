"""Which tickets a list shows, as an address or a saved view says it: a tab, and filters by word.

Values of one word are joined by "or", words by "and". What comes from outside and is no filter is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

TABS = (
    "waiting",
    "mine",
    "unclaimed",
    "all",
    "mentions",
    "drafts",
    "snoozed",
    "undelivered",
    "overdue",
    "new",
    "done",
    "spam",
    "trash",
)
DEFAULT_TAB = "waiting"
DUE = ("overdue", "today", "week")
# An address has an end, and so has a statement.
MOST = 60
_FIELD = re.compile(r"field-([0-9]{1,17})(?:-(from|to))?")
_NUMBER = re.compile(r"-?[0-9]{1,13}(?:\.[0-9]{1,6})?")
_EPOCH = date(1970, 1, 1)


def is_number(value: str) -> bool:
    """An id as addresses carry it."""
    return value.isascii() and value.isdecimal() and len(value) < 18


def _is_day(value: str) -> bool:
    try:
        return len(value) == 10 and date.fromisoformat(value).year > 1970
    except ValueError:
        return False


def _is_name(value: str) -> bool:
    return 0 < len(value) <= 60


def _is_hour(value: str) -> bool:
    """Weekday and hour: 0-9 is Monday at nine."""
    return re.fullmatch(r"[0-6]-([0-9]|1[0-9]|2[0-3])", value) is not None


def _one_of(*words: str) -> Callable[[str], bool]:
    return lambda value: value in words or is_number(value)


_WORDS: Mapping[str, Callable[[str], bool]] = {
    "assignee": _one_of("me", "none"),
    "team": _one_of("none"),
    "tag": _is_name,
    "connection": is_number,
    "template": is_number,
    "priority": lambda value: re.fullmatch(r"-?[0-9]{1,2}", value) is not None,
    "outcome": _is_name,
    "stage": _is_name,
    "due": lambda value: value in DUE,
    "created_from": _is_day,
    "created_to": _is_day,
    "done_from": _is_day,
    "done_to": _is_day,
    "done_by": _one_of("me"),
    "opened": _is_hour,
    "organisation": is_number,
    "contact": is_number,
}
WORDS = tuple(_WORDS)


@dataclass(frozen=True)
class Filters:
    """`chosen` are (word, value) in the order they were added; `field-7` is the word of the field with the id 7, and
    `field-7-from` and `field-7-to` hold a span of its numbers or days."""

    tab: str = DEFAULT_TAB
    chosen: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, pairs: Iterable[tuple[str, str]]) -> Filters:
        """From the (name, value) pairs of an address. What is no filter is left out."""
        given = list(pairs)
        tab = next((value for word, value in given if word == "tab" and value in TABS), DEFAULT_TAB)
        return cls(tab, tuple(_good(given)))

    @classmethod
    def from_json(cls, stored: object) -> Filters:
        """What `as_json` made, or anything else that stands in its place."""
        known: Mapping[Any, Any] = stored if isinstance(stored, Mapping) else {}
        chosen = known.get("chosen")
        pairs = [tuple(pair) for pair in chosen if isinstance(pair, list)] if isinstance(chosen, list) else []
        texts = [pair for pair in pairs if len(pair) == 2 and all(isinstance(part, str) for part in pair)]
        return cls.read([("tab", str(known.get("tab", ""))), *texts])

    def as_json(self) -> dict[str, Any]:
        return {"tab": self.tab, "chosen": [list(pair) for pair in self.chosen]}

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """For an address: the tab first, and always."""
        return (("tab", self.tab), *self.chosen)

    def words(self) -> tuple[str, ...]:
        """Each word once."""
        return tuple(dict.fromkeys(word for word, _value in self.chosen))

    def values(self, word: str) -> tuple[str, ...]:
        return tuple(value for known, value in self.chosen if known == word)

    def without(self, word: str, value: str) -> Filters:
        return replace(self, chosen=tuple(pair for pair in self.chosen if pair != (word, value)))

    def on(self, tab: str) -> Filters:
        """The same filters on another tab."""
        return replace(self, tab=tab if tab in TABS else DEFAULT_TAB)


def field_of(word: str) -> int | None:
    """The id in `field-7` and `field-7-from`; None for every other word."""
    found = _FIELD.fullmatch(word)
    return int(found[1]) if found else None


def end_of(word: str) -> str:
    """Of a field's span: 'from' or 'to'; '' for every other word."""
    found = _FIELD.fullmatch(word)
    return (found[2] or "") if found else ""


def measure(value: str) -> float:
    """A number, or a day as fields keep it: how many since 1970. For what a span's end may hold."""
    return float((date.fromisoformat(value) - _EPOCH).days) if _is_day(value) else float(value)


def says_something(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether an address names tab or filters of its own, beside the view it may name."""
    return any(word == "tab" or word in _WORDS or field_of(word) for word, _value in pairs)


def _good(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    seen: set[tuple[str, str]] = set()
    for word, raw in pairs:
        pair = (word, " ".join(raw.split()))
        if pair in seen or len(seen) >= MOST or not _is_good(*pair):
            continue
        seen.add(pair)
        yield pair


def _is_good(word: str, value: str) -> bool:
    if field_of(word) and end_of(word):
        return _is_day(value) or _NUMBER.fullmatch(value) is not None
    if field_of(word):
        return 0 < len(value) <= 500
    return word in _WORDS and _WORDS[word](value)
