"""A disk for a box that a test can fill, and make room on again: a small file system of its own where the machine lets
us mount one, else a limit on how far the box's processes may write."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from tests.harness.box import Box
from tests.harness.processes import children_of

MEGABYTES = 64
# Whatever becomes of the tests, their end of the pipe is closed then, and the mount goes.
MOUNT = 'mount -t tmpfs -o size=$1m,mode=700 small "$0" && echo mounted && cat; umount --lazy "$0"'


class Disk(Protocol):
    """`way` says which of the two it is."""

    way: str

    def fill(self, box: Box) -> None:
        """From now on nothing more can be written."""

    def make_room(self, box: Box) -> None:
        """Everything can be written again."""


class SmallDisk:
    """A file system in memory."""

    way = "a small file system"

    def __init__(self, folder: Path) -> None:
        self._filler = folder / "filler"

    def fill(self, box: Box) -> None:
        del box
        # Ever smaller pieces, so that not even a line of a log fits in at the end.
        with self._filler.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1 << 9, 1):
                with suppress(_Full):
                    while True:
                        _write(file.fileno(), bytes(size))

    def make_room(self, box: Box) -> None:
        del box
        self._filler.unlink(missing_ok=True)


class _Full(Exception):
    """No further byte of that size."""


def _write(number: int, data: bytes) -> None:
    try:
        os.write(number, data)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise _Full from None


class Limit:
    """No process of the box may write to a file; nothing is mounted for that, so it works everywhere."""

    way = "a limit for processes"

    def fill(self, box: Box) -> None:
        self._set(box, 0)

    def make_room(self, box: Box) -> None:
        self._set(box, resource.RLIM_INFINITY)

    def _set(self, box: Box, most: int) -> None:
        supervisor = box.pid("supervisor")
        # The supervisor first: what it starts from now on is limited as it is.
        for pid in (supervisor, *children_of(supervisor)):
            _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, hard))


@contextmanager
def open_disk(folder: Path) -> Iterator[Disk]:
    """For a box that lives in `folder`; the best the machine can do."""
    folder.mkdir(parents=True)
    keeper = subprocess.Popen(
        ("sh", "-c", MOUNT, str(folder), str(MEGABYTES)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with keeper:
        assert keeper.stdout is not None
        yield SmallDisk(folder) if keeper.stdout.readline() == b"mounted\n" else Limit()
