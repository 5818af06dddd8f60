"""Tells who listens in which tickets colleagues came, went, began or stopped to write: one query for all listeners,
and none while nobody listens."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from appliance.services import presence

EVERY_SECONDS = 0.5
# (ticket, agent): whose page asks for more is told so, and rights are checked there.
News = frozenset[tuple[int, int]]


class PresenceNews:
    """`look` is called all the time by whoever turns, `listen` from any thread."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[News], None]] = []
        self._known: Mapping[tuple[int, int], int] = {}
        self._looked = 0.0

    def listen(self, listener: Callable[[News], None]) -> Callable[[], None]:
        """Add a listener; the answer removes it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def look(self) -> None:
        if not self._listeners or time.monotonic() - self._looked < EVERY_SECONDS:
            return
        self._looked = time.monotonic()
        found = presence.everywhere()
        changed = frozenset(pair for pair in {*found, *self._known} if found.get(pair) != self._known.get(pair))
        self._known = found
        if changed:
            for listener in list(self._listeners):
                listener(changed)
