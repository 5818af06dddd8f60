"""What a process itself has taken of the memory, and what its children took beside it."""

from __future__ import annotations

import re
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.harness.processes import children_of

LOOK_SECONDS = 0.2
# Written into a process's clear_refs: its peak begins anew.
FORGET_PEAK = "5"


def resident(pid: int) -> float:
    """MiB now."""
    return _status(pid, "VmRSS")


class Growth:
    """Between the beginning and the end of the block: by how much the process itself grew at most, and the most its
    children had together, both in MiB."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._before = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self.own = 0.0
        self.children = 0.0

    def __enter__(self) -> Self:
        Path(f"/proc/{self._pid}/clear_refs").write_text(FORGET_PEAK)
        self._before = resident(self._pid)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()
        self.own = max(0.0, _status(self._pid, "VmHWM") - self._before)

    def _look(self) -> None:
        while not self._done.wait(LOOK_SECONDS):
            with suppress(OSError):
                self.children = max(self.children, sum(map(resident, children_of(self._pid))))


def _status(pid: int, name: str) -> float:
    try:
        found = re.search(rf"^{name}:\s+(\d+) kB$", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    except FileNotFoundError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0
