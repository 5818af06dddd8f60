"""Kinds of fields: what a person writes becomes what is kept, and is shown in the reader's language.

What is shown can always be written again: a page puts it into the input as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import format_decimal

from appliance.language import mark
from appliance.services.core_settings import CURRENCIES

KINDS: tuple[tuple[str, str], ...] = (
    ("text", mark("Text")),
    ("number", mark("A number")),
    ("date", mark("Date")),
    ("choice", mark("Choice")),
    ("money", mark("Money")),
)
LONGEST = 500
LARGEST = Decimal(10) ** 12
NUMBER_PLACES, MONEY_PLACES = 6, 2
_EPOCH = date(1970, 1, 1)
_GROUPING = re.compile(r"[\s\u00a0\u202f'’]")
_GROUPS_OF_THREE = re.compile(r"[+-]?[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")
_PLAIN = re.compile(r"[+-]?[0-9]*\.?[0-9]+")
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})")


class ValueRefused(Exception):
    """code: too_long, not_a_number, too_large, too_fine (more decimals than are kept), not_a_date, not_a_choice."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Kept:
    """`value` as models.fields says; `number` is what lists sort and filter by."""

    value: str
    number: float | None = None


def read(kind: str, text: str, choices: Sequence[str], language: str) -> Kept:
    """What a person wrote, as it is kept; '' stays ''. Raises ValueRefused."""
    line = "".join(sign if sign.isprintable() or sign.isspace() else " " for sign in text)
    line = " ".join(line.split())
    if len(line) > LONGEST:
        raise ValueRefused("too_long", most=LONGEST)
    if not line:
        return Kept("")
    if kind in ("number", "money"):
        return _read_number(line, MONEY_PLACES if kind == "money" else NUMBER_PLACES, language)
    if kind == "date":
        return _read_date(line)
    return Kept(_read_choice(line, choices)) if kind == "choice" else Kept(line)


def show(kind: str, value: str, language: str, currency: str = "") -> str:
    """What is kept, as people read it; a date stays as it is kept: pages have a filter and an input for it."""
    if kind not in ("number", "money") or not value:
        return value
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if kind == "number":
        return str(format_decimal(number, "#,##0.######", locale=language))
    whole = number == number.to_integral_value()
    written = str(format_decimal(number, "#,##0" if whole else "#,##0.00", locale=language))
    return f"{written}\u00a0{sign_of(currency)}".strip()


def sign_of(currency: str) -> str:
    """₽ for RUB; a code nobody knows stands for itself."""
    return dict(CURRENCIES).get(currency, currency)


def _read_number(line: str, places: int, language: str) -> Kept:
    try:
        number = Decimal(_plain(line, language))
    except InvalidOperation:
        raise ValueRefused("not_a_number") from None
    if not number.is_finite():
        raise ValueRefused("not_a_number")
    if abs(number) >= LARGEST:
        raise ValueRefused("too_large")
    rounded = round(number, places)
    if rounded != number:
        raise ValueRefused("too_fine", places=places)
    rounded = abs(rounded) if rounded.is_zero() else rounded
    return Kept(f"{rounded:.2f}" if places == MONEY_PLACES else f"{rounded.normalize():f}", float(rounded))


def _plain(line: str, language: str) -> str:
    """Digits with a point: '4 390,50 ₽' → '4390.50'. Of both signs the last one divides; three digits behind a comma
    are thousands to readers of English."""
    bare = _GROUPING.sub("", line).replace("\u2212", "-")
    for code, sign in CURRENCIES:
        bare = bare.removesuffix(sign).removesuffix(code).removeprefix(sign)
    whole, sign, rest = bare.rpartition("." if bare.rfind(".") > bare.rfind(",") else ",")
    if language == "en" and sign == "," and _GROUPS_OF_THREE.fullmatch(bare):
        whole, rest = bare, "0"
    plain = _GROUPS_OF_THREE.sub(lambda found: re.sub("[.,]", "", found[0]), whole) if sign else whole
    plain = f"{plain}.{rest}" if sign else rest
    if not _PLAIN.fullmatch(plain):
        raise ValueRefused("not_a_number")
    return plain


def _read_date(line: str) -> Kept:
    try:
        day = date.fromisoformat(line)
    except ValueError:
        found = _DAY_FIRST.fullmatch(line)
        if found is None:
            raise ValueRefused("not_a_date") from None
        day = _day(*(int(part) for part in found.groups()))
    return Kept(day.isoformat(), float((day - _EPOCH).days))


def _day(day: int, month: int, year: int) -> date:
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        raise ValueRefused("not_a_date") from None


def _read_choice(line: str, choices: Sequence[str]) -> str:
    for choice in choices:
        if str(choice).casefold() == line.casefold():
            return str(choice)
    raise ValueRefused("not_a_choice")
