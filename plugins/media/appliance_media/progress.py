"""Read ffmpeg's `-progress` lines as they come and tell how far it is."""

from __future__ import annotations

from collections.abc import Callable


class Progress:
    """Feed it chunks of stdout; it calls `report` with 0.0 to 1.0, a hundred times at most, never backwards."""

    def __init__(self, duration: float | None, report: Callable[[float], None]) -> None:
        self._whole = (duration or 0) * 1_000_000
        self._report = report
        self._percent = 0
        self._unfinished = b""

    def feed(self, chunk: bytes) -> None:
        *lines, self._unfinished = (self._unfinished + chunk).split(b"\n")
        for line in lines:
            name, _, value = line.strip().partition(b"=")
            if name == b"out_time_us" and value.isdigit() and self._whole:
                self._advance(min(100, int(int(value) * 100 / self._whole)))

    def _advance(self, percent: int) -> None:
        if percent > self._percent:
            self._percent = percent
            self._report(percent / 100)
