"""How long to wait after a failure: longer each time, never in step with others."""

from __future__ import annotations

import random


class Pauses:
    """Seconds between tries: 1, 2, 4 … up to 30, each made a little longer or shorter by chance."""

    def __init__(self, first: float = 1.0, longest: float = 30.0) -> None:
        self._first, self._longest = first, longest
        self._next = first

    def reset(self) -> None:
        self._next = self._first

    def take(self) -> float:
        seconds, self._next = self._next, min(self._next * 2, self._longest)
        return seconds * random.uniform(0.8, 1.2)  # noqa: S311  (spreads load; nothing secret depends on it)
