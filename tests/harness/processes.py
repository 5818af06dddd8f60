"""The processes a test starts: each with a log, each ended by its own pid."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.harness.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
# When the tests themselves are killed, nobody cleans up: the kernel tells the process to end as soon as the thread that
# started it is gone.
WITH_US = ("setpriv", "--pdeathsig", "TERM", "--")


class LoggedProcess:
    """A process in a session of its own, so that a Ctrl-C meant for the tests does not reach it."""

    def __init__(self, command: Sequence[str], log: Path, environ: Mapping[str, str] | None = None) -> None:
        with log.open("ab") as file:
            self._process = subprocess.Popen(
                (*WITH_US, *command),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                cwd=ROOT,
                env={**os.environ, **(environ or {})},
                start_new_session=True,
            )
        self.pid = self._process.pid

    def is_running(self) -> bool:
        return self._process.poll() is None

    def stop(self, patience: float = 40.0) -> int:
        """Ask it to end; killed when it does not. Answers the exit code."""
        self._process.terminate()
        try:
            return self._process.wait(patience)
        except subprocess.TimeoutExpired:
            return self.kill()

    def kill(self) -> int:
        self._process.kill()
        return self._process.wait(10)


def is_alive(pid: int) -> bool:
    """A zombie is dead."""
    return _read_stat(pid)[:1] not in ([], ["Z"], ["X"])


def children_of(pid: int) -> dict[int, list[str]]:
    """The living children of a process: pid → command line."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        stat = _read_stat(int(entry.name))
        if stat and stat[0] not in "ZX" and int(stat[1]) == pid:
            found[int(entry.name)] = command_of(int(entry.name))
    return found


def find_processes(variable: str) -> list[int]:
    """The living processes that were started with this `NAME=value` in their environment."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and is_alive(int(entry.name)):
            try:
                given = (entry / "environ").read_bytes()
            except OSError:
                continue
            if variable.encode() in given.split(b"\0"):
                found.append(int(entry.name))
    return found


def command_of(pid: int) -> list[str]:
    """Its command line; [] when there is no such process."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace").rstrip("\0").split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []


def wait_for_end(pids: Sequence[int], limit: float = 15.0) -> None:
    wait_until(lambda: not any(map(is_alive, pids)), f"the end of processes {list(pids)}", limit)


def _read_stat(pid: int) -> list[str]:
    """State, parent and so on; [] when there is no such process."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return []
    # The name before it may hold anything, brackets and spaces included.
    return text.rpartition(")")[2].split()
