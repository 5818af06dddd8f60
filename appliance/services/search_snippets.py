"""Where in a text the searched words stand, and the piece of it that shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from appliance.services import search_words
from appliance.services.search_query import Query, Term

LENGTH = 200
BEFORE = 60
# What stands further down is found, but not shown.
MOST = 20_000
# Numbers are looked for sign by sign.
NEAR = 4_000
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    text: str
    marked: bool = False


def mark(text: str, query: Query) -> tuple[Piece, ...]:
    """The whole text in pieces: for names and subjects."""
    return tuple(_pieces(text, _spans(text, query), 0, len(text)))


def snippet(text: str, query: Query) -> tuple[Piece, ...]:
    """About 200 characters, in one line, around the first of the words; its beginning when none is seen in it."""
    line = " ".join(text[:MOST].split())
    spans = _spans(line, query)
    start = _start(line, spans[0][0] if spans else 0)
    end = _end(line, start + LENGTH)
    pieces = list(_pieces(line, spans, start, end))
    lead = [Piece("…")] if start else []
    return (*lead, *pieces, *([Piece("…")] if end < len(line) else []))


def _spans(text: str, query: Query) -> list[Span]:
    """In order, without overlap."""
    found = sorted({*_words(text, query), *_numbers(text, query)})
    kept: list[Span] = []
    for start, end in found:
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def _words(text: str, query: Query) -> Iterator[Span]:
    for found in _WORD.finditer(text):
        word = search_words.normalise(found[0])
        if any(_is_meant(word, term) for term in query.terms):
            yield found.span()


def _is_meant(word: str, term: Term) -> bool:
    if term.whole:
        return word in term.words
    if len(term.words) > 1:
        return word in term.words[:-1] or word.startswith(term.words[-1])
    asked = term.words[0]
    if len(asked) == 1:
        return word == asked
    return word.startswith(asked) or search_words.stem(word) == search_words.stem(asked)


def _numbers(text: str, query: Query) -> Iterator[Span]:
    """Order numbers and phone numbers stand in the text in another grouping than they were asked for."""
    wanted = {term.joined for term in query.terms if any(map(str.isdigit, term.joined))}
    phones = {digits[-10:] for digits in query.phones}
    if not wanted | phones:
        return
    places = [(index, search_words.normalise(sign)) for index, sign in enumerate(text[:NEAR]) if sign.isalnum()]
    flat = "".join(folded[:1] or " " for _, folded in places)
    for number in wanted | phones:
        for found in re.finditer(re.escape(number), flat):
            start = places[found.start()][0]
            # 220 is not meant by 5220; a phone number may have its country before it.
            if number in phones or not text[:start][-1:].isalnum():
                yield start, places[found.end() - 1][0] + 1


def _pieces(text: str, spans: list[Span], start: int, end: int) -> Iterator[Piece]:
    place = start
    for first, last in spans:
        if first >= end:
            break
        if last <= start:
            continue
        if first > place:
            yield Piece(text[place:first])
        yield Piece(text[max(first, place) : min(last, end)], marked=True)
        place = min(last, end)
    if place < end:
        yield Piece(text[place:end])


def _start(line: str, first: int) -> int:
    """A little before the first of the words, at the beginning of one."""
    if first <= BEFORE:
        return 0
    return line.find(" ", first - BEFORE, first) + 1 or first


def _end(line: str, wanted: int) -> int:
    if wanted >= len(line):
        return len(line)
    space = line.rfind(" ", 0, wanted)
    return space if space > wanted - BEFORE else wanted
