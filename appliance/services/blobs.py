"""Bytes under their own SHA-256, in data/files/ab/cd/…: no name from outside ever becomes a path.

Callers get streams and local copies, never paths, so that another store can take this one's place.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from appliance.services import disk, instance

CHUNK = 1 << 18
# The folders that bytes lie in.
SHELVES = 256
NEW_SECONDS = 86_400.0
_root: list[Path] = []


class Gone(Exception):
    """The bytes are not there (any more)."""


class TooLarge(Exception):
    """More bytes came than were allowed; nothing was kept."""


@dataclass(frozen=True)
class Blob:
    sha256: str
    size: int


def bind(root: Path) -> None:
    """Where bytes live; called by create_app."""
    _root[:] = [root]
    _unfinished().mkdir(parents=True, exist_ok=True)


def put(fill: Callable[[BinaryIO], object], limit: int | None = None) -> Blob:
    """Keep what `fill` writes. The bytes are on disk when this returns."""
    with scratch() as path:
        with path.open("w+b") as target:
            fill(_Bounded(target, limit))  # type: ignore[arg-type]  # write() is all that fill may use
            target.flush()
            os.fsync(target.fileno())
        return adopt(path)


def adopt(path: Path) -> Blob:
    """Take over a finished file; the path is gone afterwards."""
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
        size = source.tell()
        os.fsync(source.fileno())
    _keep(path, _path(digest.hexdigest()))
    return Blob(digest.hexdigest(), size)


def _keep(path: Path, target: Path) -> None:
    """Bytes that were here already count as brought just now: see `remove_unless`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone():
        if target.exists():
            path.unlink()
            os.utime(target)
        else:
            path.chmod(0o600)
            path.replace(target)
            os.utime(target)
            _sync_folder(target.parent)


def remove_unless(sha256: str, needed: Callable[[], bool], settled: float = NEW_SECONDS) -> int:
    """Remove bytes that nobody needs and nobody has brought for a day, or for `settled` seconds; how many bytes that
    freed.

    Who keeps bytes writes the row that needs them a moment later. Meanwhile no row tells, but the time does: bringing
    the same bytes makes old ones new, and neither that nor this happens while the other is under way."""
    target = _path(sha256)
    with _alone():
        try:
            found = target.stat()
        except FileNotFoundError:
            return 0
        if time.time() - found.st_mtime < settled or needed():
            return 0
        target.unlink()
    return found.st_size


def listed(start: int = 0, stop: int = SHELVES) -> Iterator[tuple[str, int]]:
    """Name and size of everything that lies on some of the shelves and is not new."""
    for number in range(start, stop):
        for path in _root[0].glob(f"{number:02x}/??/*"):
            with suppress(FileNotFoundError):
                found = path.stat()
                if len(path.name) == 64 and time.time() - found.st_mtime >= NEW_SECONDS:
                    yield path.name, found.st_size


def open_blob(sha256: str) -> BinaryIO:
    """A stream over the bytes; Gone if there are none."""
    try:
        return _path(sha256).open("rb")
    except (OSError, ValueError) as error:
        raise Gone(sha256) from error


def blob_size(sha256: str) -> int:
    try:
        return _path(sha256).stat().st_size
    except (OSError, ValueError) as error:
        raise Gone(sha256) from error


@contextmanager
def local_copy(sha256: str) -> Iterator[Path]:
    """A local file with these bytes for as long as the block lasts; to be read only."""
    path = _path(sha256)
    if not path.is_file():
        raise Gone(sha256)
    yield path


def room() -> int:
    """Bytes that can still be written here."""
    return disk.free(_root[0])


@contextmanager
def scratch() -> Iterator[Path]:
    """A path for a file in the making, on the same disk; removed if it is still there at the end."""
    handle, name = tempfile.mkstemp(prefix=_ours(), dir=_unfinished())
    os.close(handle)
    path = Path(name)
    try:
        yield path
    finally:
        with suppress(FileNotFoundError):
            path.unlink()


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder for work on a file, on the same disk; removed with all that is left in it."""
    with tempfile.TemporaryDirectory(prefix=_ours(), dir=_unfinished()) as folder:
        yield Path(folder)


def tidy() -> None:
    """Remove what killed processes had in the making."""
    for path in _unfinished().iterdir():
        if instance.alive(path.name.rpartition("-")[0]):
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _unfinished() -> Path:
    return _root[0] / "tmp"


def _ours() -> str:
    """Names in the making say whose they are."""
    return f"{instance.me()}-"


def _path(sha256: str) -> Path:
    if len(sha256) != 64 or not all(letter in "0123456789abcdef" for letter in sha256):
        raise ValueError("not a SHA-256")
    return _root[0] / sha256[:2] / sha256[2:4] / sha256


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time, among all processes of the box."""
    handle = os.open(_root[0], os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Bounded:
    """A stream that refuses to grow over a limit."""

    def __init__(self, target: BinaryIO, limit: int | None) -> None:
        self._target = target
        self._left = limit

    def write(self, data: bytes) -> int:
        if self._left is not None:
            self._left -= len(data)
            if self._left < 0:
                raise TooLarge
        return self._target.write(data)
