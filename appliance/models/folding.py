"""Names as lists look for them: without case and without ё, which people write as they like; phones as their digits."""

from __future__ import annotations

import unicodedata

LONGEST = 300


def fold(name: str, username: str = "", phone: str = "") -> str:
    """The name first, so that sorting by it sorts by names."""
    return " ".join(part for part in (fold_text(name), fold_text(username), digits(phone)) if part)[:LONGEST]


def fold_text(text: str) -> str:
    """One line, no case, е for ё."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("ё", "е").split())


def digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdecimal())
