"""How long to wait before a child that died is started again."""

from __future__ import annotations

from appliance.supervision.timing import Timing


class Pauses:
    """Doubles with every death; a good run makes the next one short again."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._next = timing.first_pause

    def after(self, good_run: float) -> float:
        """The pause after a child that had been well for `good_run` seconds; both in seconds."""
        if good_run >= self._timing.health:
            self._next = self._timing.first_pause
        pause = self._next
        self._next = min(pause * 2, self._timing.longest_pause)
        return pause
