"""Texts as the search compares them: folded, cut into words, and each word beside its stem.

SQLite folds no Cyrillic in LIKE, and its full-text search takes ё and е for two letters and knows no word forms. So
what is kept, and what is asked for, goes through here first.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

# One hostile message must not fill the index.
MOST = 50_000
LONGEST_NUMBER = 40
_WORD = re.compile(r"[^\W_]+")
# K-220, 2026/0153, INV_15.2: found as a whole, too, however it is written. It begins where a word does and takes
# nothing back: tried from every letter, one word of 50,000 would keep the process standing for a minute.
_COMPOUND = re.compile(r"(?<![^\W_])[^\W_]++(?:[-–—_./\\]++[^\W_]++)++")
_RUN = re.compile(r"\d{2,}")
_PHONE = re.compile(r"(?<!\d)\+?\d(?:[\s().\-–]{0,3}\d){6,14}(?!\d)")
_CYRILLIC = re.compile(r"[а-я]+")
_LATIN = re.compile(r"[a-z]+")


def _folding() -> dict[int, str | None]:
    """ё is е; Latin letters lose their accents; marks that stand for themselves are left out (й is one letter)."""
    table: dict[int, str | None] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        bare = "".join(sign for sign in unicodedata.normalize("NFD", chr(code)) if not unicodedata.combining(sign))
        if bare != chr(code):
            table[code] = bare
    table |= {ord(sign): plain for sign, plain in zip("łøđıħ", "lodih", strict=True)}
    table |= dict.fromkeys(range(768, 880))
    return table | {ord("ё"): "е"}


_FOLDING = _folding()


def normalise(text: str) -> str:
    """The same for everything that reads the same."""
    return unicodedata.normalize("NFC", text[:MOST]).casefold().translate(_FOLDING)


def words(text: str) -> list[str]:
    """Its words in order, digits among them."""
    return _WORD.findall(normalise(text))


def joined(text: str) -> str:
    """Letters and digits alone: K-220 is k220."""
    return "".join(words(text))


def numbers(text: str) -> set[str]:
    """Under what else its order numbers and phone numbers are found."""
    folded = normalise(text)
    found = {"".join(_WORD.findall(whole)) for whole in _COMPOUND.findall(folded)}
    made = {number for number in found if len(number) <= LONGEST_NUMBER and any(map(str.isdigit, number))}
    for word in _WORD.findall(folded):
        if not word.isdigit():
            made.update(_RUN.findall(word))
    for phone in _PHONE.findall(folded):
        made |= {phone_digits(phone), phone_digits(phone)[-10:]}
    return made


def phone_digits(phone: str) -> str:
    """Its digits; the 8 that Russians dial is the 7 of the whole world."""
    digits = "".join(sign for sign in phone if sign.isdecimal())
    return f"7{digits[1:]}" if len(digits) == 11 and digits[0] == "8" else digits


def phone_words(phone: str) -> set[str]:
    """A card's phone is found by all of it, without the country, and by the ends that people say."""
    digits = phone_digits(phone)
    return {digits[-length:] for length in (15, 10, 7, 4) if len(digits) >= 4}


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """What its forms have in common: заявками → заявк, orders → order. Takes a normalised word."""
    if len(word) < 3:
        return word
    if _CYRILLIC.fullmatch(word):
        return str(_stemmers.of("russian").stemWord(word))
    return str(_stemmers.of("english").stemWord(word)) if _LATIN.fullmatch(word) else word


def index_text(texts: Iterable[str], further: Iterable[str] = ()) -> str:
    """What is kept of these texts: the words in order, so that phrases are found, then stems and numbers."""
    kept = [text for text in texts if text]
    said = [word for text in kept for word in words(text)]
    more = {stem(word) for word in said} | {number for text in kept for number in numbers(text)} | set(further)
    return " ".join([*said, *sorted(more - set(said))])


class _Stemmers(threading.local):
    """A stemmer holds the word it is at: each thread has its own."""

    def __init__(self) -> None:
        self._made: dict[str, snowballstemmer.Stemmer] = {}

    def of(self, language: str) -> snowballstemmer.Stemmer:
        if language not in self._made:
            self._made[language] = snowballstemmer.stemmer(language)
        return self._made[language]


_stemmers = _Stemmers()
