"""What somebody typed into the search, as FTS5 understands it.

All words have to match, each by its beginning or as another form of itself; words in quotes as they stand. Digits in
any grouping are a phone number as well, and a bare number may be a ticket's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from appliance.services import search_words

MOST = 200
MOST_TERMS = 12
# Beginnings up to here have an index of their own (migration 0004). Longer ones are gathered word by word, and that
# takes the longer the more there is.
SHORT = 5
# Fewer digits than this are no phone number.
LEAST_DIGITS = 4
_TERM = re.compile(r'"([^"]*)"?|«([^»]*)»?|“([^”]*)”?|(\S+)')
_NUMBER = re.compile(r"\s*[№#]?\s*(\d{1,12})\s*")
_PHONE = re.compile(r"\s*\+?\d[\d\s().\-–]*")


@dataclass(frozen=True)
class Term:
    """One or several words that follow each other. `whole`: in quotes, so no beginnings and no other forms."""

    words: tuple[str, ...]
    whole: bool = False

    @property
    def joined(self) -> str:
        return "".join(self.words)

    def expression(self, begun: bool = True) -> str:
        """`begun`: words that only begin so count as well, however long they are."""
        phrase = f'"{" ".join(self.words)}"'
        if self.whole:
            return phrase
        if len(self.words) > 1:
            return f'({phrase} * OR "{self.joined}" *)'
        word = self.words[0]
        # One letter begins half of all words.
        ways = [f"{phrase} *" if 1 < len(word) <= SHORT or (begun and len(word) > 1) else phrase]
        if search_words.stem(word) != word:
            ways.append(f'"{search_words.stem(word)}"')
        return f"({' OR '.join(ways)})" if len(ways) > 1 else ways[0]


@dataclass(frozen=True)
class Query:
    """`number`: the ticket it may name; `digits`: the phone number it may be, '' when it is none."""

    typed: str
    terms: tuple[Term, ...] = ()
    number: int | None = None
    digits: str = ""

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def is_person(self) -> bool:
        return self.typed.startswith("@")

    @property
    def normalised(self) -> str:
        """As it was understood, for whoever finds nothing."""
        return " ".join(f'"{" ".join(term.words)}"' if term.whole else " ".join(term.words) for term in self.terms)

    def expression(self, begun: bool = True) -> str:
        """For MATCH. It holds words alone: nothing that was typed can be an operator. Not `begun`: long words in whole
        and in their other forms only, which is found at once however many there are."""
        said = " AND ".join(term.expression(begun) for term in self.terms)
        if not self.digits:
            return said
        return " OR ".join([f"({said})", *(f'"{digits}" *' for digits in self.phones)])

    @property
    def phones(self) -> tuple[str, ...]:
        """A number that begins with the 8 of Russia begins with the world's 7 here."""
        if not self.digits:
            return ()
        return (self.digits, f"7{self.digits[1:]}") if self.digits[0] == "8" else (self.digits,)


def parse(typed: str) -> Query:
    """Anything can be typed; what holds no word finds nothing."""
    text = " ".join(typed[:MOST].split())
    terms = tuple(term for found in _TERM.finditer(text) if (term := _term(found)) is not None)
    number = _NUMBER.fullmatch(text)
    digits = search_words.phone_digits(text) if _PHONE.fullmatch(text) else ""
    return Query(
        text,
        terms[:MOST_TERMS],
        int(number[1]) if number else None,
        digits if len(digits) >= LEAST_DIGITS else "",
    )


def _term(found: re.Match[str]) -> Term | None:
    quoted = next((group for group in found.groups()[:3] if group is not None), None)
    cut = tuple(search_words.words(found[4] if quoted is None else quoted))
    return Term(cut, quoted is not None) if cut else None
