"""Reads fields of raw dicts: whatever is missing, of the wrong type or unfit for the database is mended here.

Telegram's own types are not used for input: they refuse a whole message for one missing field.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from typing import Any

TEXT = 65_536
_LARGEST = 1 << 53
_LATEST = 4_102_444_800  # the year 2100
# Control characters but tab and newline, and halves of UTF-16 pairs: the database or the page cannot hold them.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# They turn the direction of what follows: "gnp.exe" reads as "exe.png".
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# A colon would part an address in the wrong place.
_ID = re.compile(r"[!-9;-~]+", re.ASCII)
_SPACE = re.compile(r"\s+")

Raw = dict[str, Any]


def mend(text: str) -> str:
    """The text with unfit characters replaced one for one, so that the offsets of its formatting stay right."""
    return _UNFIT.sub("�", text)


def section(raw: Raw, key: str) -> Raw:
    """An object inside, {} if there is none."""
    value = raw.get(key)
    return value if isinstance(value, dict) else {}


def sections(raw: Raw, key: str) -> list[Raw]:
    """The objects of a list inside; anything else in it is left out."""
    value = raw.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def read_text(raw: Raw, key: str) -> str:
    """A text of any length as it came, mended."""
    value = raw.get(key)
    return mend(value[:TEXT]) if isinstance(value, str) else ""


def read_line(raw: Raw, key: str, longest: int) -> str:
    """A name: one line, cut, and unable to turn the text around it."""
    value = raw.get(key)
    if not isinstance(value, str):
        return ""
    return _SPACE.sub(" ", _TURNING.sub("", mend(value[: longest * 4]))).strip()[:longest]


def read_id(raw: Raw, key: str, longest: int = 64) -> str:
    """An id as text, '' if there is none."""
    value = raw.get(key)
    if isinstance(value, str):
        return value if len(value) <= longest and _ID.fullmatch(value) else ""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return ""
    return str(int(value)) if abs(value) < 1 << 63 else ""


def read_count(raw: Raw, key: str) -> int | None:
    """A size, width or duration; None when it is missing or absurd."""
    value = raw.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _LARGEST:
        return None
    return int(value)


def read_number(raw: Raw, key: str, least: float, greatest: float) -> float | None:
    """A measure within its bounds."""
    value = raw.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if least <= value <= greatest else None


def read_moment(raw: Raw, *keys: str) -> datetime:
    """The first usable time of these fields. What has none (button presses, nonsense) counts as said now."""
    for key in keys:
        seconds = read_count(raw, key)
        if seconds and seconds < _LATEST:
            return datetime.fromtimestamp(seconds, UTC)
    return datetime.now(UTC)
