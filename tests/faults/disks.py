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

from tests.harness.box import Box, Surroundings
from tests.harness.processes import ROOT, WITH_US, children_of

MEGABYTES = 64
# As root of the machine, or as root of a user namespace of our own.
NAMESPACES = (("--mount",), ("--mount", "--user", "--map-root-user"))


class Disk(Protocol):
    """`way` says which of the two it is; `surroundings` are for the box that is to live on it."""

    way: str
    surroundings: Surroundings

    def fill(self, box: Box) -> None:
        """From now on nothing more can be written."""

    def make_room(self, box: Box) -> None:
        """Everything can be written again."""


class SmallDisk:
    """A file system in memory, seen by its own processes alone: it goes when they go."""

    way = "a small file system"

    def __init__(self, holder: int, folder: Path, options: tuple[str, ...]) -> None:
        root = Path(f"/proc/{holder}/root")
        user = ("--user", "--preserve-credentials") if "--user" in options else ()
        enter = ("nsenter", f"--target={holder}", "--mount", *user, "env", f"--chdir={ROOT}")
        self.surroundings = Surroundings(wrapper=enter, root=root)
        self._filler = root / folder.relative_to("/") / "filler"

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
    surroundings = Surroundings()

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
def open_disk(folder: Path, way: str = "") -> Iterator[Disk]:
    """For a box with its data in `folder`; the best the machine can do, or the one that is asked for."""
    folder.mkdir(parents=True)
    for options in NAMESPACES if way != Limit.way else ():
        holder = _hold(folder, options)
        if holder is not None:
            try:
                yield SmallDisk(holder.pid, folder, options)
            finally:
                holder.kill()
                holder.wait(10)
                if holder.stdout:
                    holder.stdout.close()
            return
    yield Limit()


def _hold(folder: Path, options: tuple[str, ...]) -> subprocess.Popen[bytes] | None:
    """A process that keeps a small file system on this folder; None where that is not allowed."""
    mount = f'mount -t tmpfs -o size={MEGABYTES}m,mode=700 small "$0" && echo mounted && exec sleep infinity'
    command = (*WITH_US, "unshare", *options, "sh", "-c", mount, str(folder))
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
    assert holder.stdout is not None
    if holder.stdout.readline() == b"mounted\n":
        return holder
    holder.wait(10)
    holder.stdout.close()
    return None
