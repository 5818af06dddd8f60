"""Telegram counts text in UTF-16 units; the box counts code points."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate


def count_units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


class Ruler:
    """Both measures of one text side by side."""

    def __init__(self, text: str) -> None:
        widths = (2 if character > "\uffff" else 1 for character in text)
        self._starts = list(accumulate(widths, initial=0))

    def units(self, point: int) -> int:
        """Where a code point begins, in units."""
        return self._starts[min(max(point, 0), len(self._starts) - 1)]

    def point_from(self, unit: int) -> int:
        """The code point at a unit; the later one if it lies within a pair."""
        return min(bisect_left(self._starts, unit), len(self._starts) - 1)

    def point_before(self, unit: int) -> int:
        """The last code point that begins at or before a unit."""
        return max(bisect_right(self._starts, unit) - 1, 0)
