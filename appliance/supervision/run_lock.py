"""One running appliance for each data folder."""

from __future__ import annotations

import fcntl
import os
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

NAME = "run.lock"


@dataclass(frozen=True)
class Running:
    """The appliance that holds a data folder; pid 0 when it has not written its name yet."""

    pid: int
    listen: str


class AlreadyRunningError(Exception):
    """Another supervisor holds this data folder."""

    def __init__(self, running: Running) -> None:
        self.running = running
        who = f"pid {running.pid}, listening on {running.listen}" if running.pid else "it is just starting"
        super().__init__(f"already running ({who})")


class RunLock:
    """Held from entering to leaving the `with`, and let go by the kernel if the process is killed.

    The file holds "pid host:port" in one line while somebody runs, and is empty after a clean stop.
    It is never removed: two processes could then hold locks on two files of the same name.
    """

    def __init__(self, data: Path, listen: str) -> None:
        self._path = data / NAME
        self._listen = listen
        self._file = -1

    def __enter__(self) -> Self:
        """Raises AlreadyRunningError, or OSError when the file cannot be written."""
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        if not _lock(self._file):
            os.close(self._file)
            raise AlreadyRunningError(_read_patiently(self._path))
        os.ftruncate(self._file, 0)
        os.write(self._file, f"{os.getpid()} {self._listen}\n".encode())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.ftruncate(self._file, 0)
        os.close(self._file)


def find_running(data: Path) -> Running | None:
    """Who runs on this data folder now, or None. The kernel is asked: a killed one leaves its line behind."""
    try:
        file = os.open(data / NAME, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        return None if _lock(file, fcntl.LOCK_SH) else _read_patiently(data / NAME)
    finally:
        os.close(file)


def _lock(file: int, kind: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read_patiently(path: Path) -> Running:
    """The holder writes its name right after it got the lock; wait half a second for that at most."""
    for _ in range(10):
        pid, _, listen = path.read_text(errors="replace").strip().partition(" ")
        if pid.isdigit() and listen:
            return Running(int(pid), listen)
        time.sleep(0.05)
    return Running(0, "")
