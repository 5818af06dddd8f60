"""One picture is encoded at a time in the whole box, whichever of its processes asks.

A lock on a file holds across processes, and the kernel lifts it when its holder dies. Whoever sends a message goes
before the lane that makes what pages show: a customer waits for the one, nobody for the other.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from appliance_media import room

LOOK_SECONDS = 0.2
# A sender that was turned away comes back within seconds; one that does not has given up.
WANTED_SECONDS = 10.0


class Busy(Exception):
    """Something else is being encoded; come back later."""


@contextmanager
def alone(*, patient: bool) -> Iterator[None]:
    """Nothing else encodes while the block lasts. Raises Busy at once, unless `patient`."""
    folder = room.folder()
    if folder is None:
        yield
        return
    with (folder / "encoding.lock").open("a") as lock:
        wanted = folder / "encoding.wanted"
        if patient:
            _wait(lock, wanted)
        elif _take(lock):
            wanted.unlink(missing_ok=True)
        else:
            wanted.touch()
            raise Busy
        yield


def is_taken() -> bool:
    """Whether something is being encoded now."""
    folder = room.folder()
    if folder is None:
        return False
    with (folder / "encoding.lock").open("a") as lock:
        return not _take(lock)


def _wait(lock: IO[str], wanted: Path) -> None:
    while _is_wanted(wanted) or not _take(lock):
        time.sleep(LOOK_SECONDS)


def _take(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_wanted(wanted: Path) -> bool:
    try:
        return 0 <= time.time() - wanted.stat().st_mtime < WANTED_SECONDS
    except FileNotFoundError:
        return False
