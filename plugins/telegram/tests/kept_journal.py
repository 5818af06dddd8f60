"""A journal that keeps everything in memory, and can fail when told to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from appliance import Json, RawUpdate


class KeptJournal:
    """`before_commit` runs first in every commit; what it raises, the commit raises."""

    def __init__(self, position: str = "") -> None:
        self.mark = position
        self.rows: list[RawUpdate] = []
        self.troubles: list[tuple[str, Json]] = []
        self.lives = 0
        self.before_commit: Callable[[], None] = lambda: None
        self._changed = threading.Condition()

    def position(self) -> str:
        return self.mark

    def commit(self, updates: Sequence[RawUpdate], position: str) -> None:
        self.before_commit()
        with self._changed:
            self.rows.extend(updates)
            self.mark = position
            self._changed.notify_all()

    def alive(self) -> None:
        with self._changed:
            self.lives += 1
            self._changed.notify_all()

    def trouble(self, code: str, params: Json | None = None) -> None:
        with self._changed:
            self.troubles.append((code, params or {}))
            self._changed.notify_all()

    def wait_for(self, reached: Callable[[], bool], seconds: float = 10.0) -> None:
        with self._changed:
            assert self._changed.wait_for(reached, seconds), (self.mark, self.rows, self.troubles)
