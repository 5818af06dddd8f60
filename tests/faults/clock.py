"""A clock of its own for the processes of a box, which a test can set while they run."""

from __future__ import annotations

from pathlib import Path

LIBRARIES = Path("/usr/lib")
# For programs with threads; Debian's package `libfaketime` brings it.
LIBRARY = "*/faketime/libfaketimeMT.so.1"


class Clock:
    """Right at first. What measures durations (CLOCK_MONOTONIC) goes on as before, as it does when a clock is set."""

    def __init__(self, folder: Path) -> None:
        found = sorted(LIBRARIES.glob(LIBRARY))
        assert found, "no libfaketime: apt-get install libfaketime"
        self._file = folder / "clock"
        self.set(0)
        self.environ = {
            "LD_PRELOAD": str(found[0]),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }

    def set(self, days: int) -> None:
        """So many days from the right time."""
        # Never half written: it is read each time somebody asks what time it is.
        draft = self._file.with_suffix(".new")
        draft.write_text(f"{days:+d}d\n")
        draft.replace(self._file)
