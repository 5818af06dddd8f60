"""The owner's map files: in the plugin's folder, found by being there."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from appliance import box, mark
from appliance_maps.archive import HEADER, Archive, Unusable, check_header, read_archive

ENDING = ".pmtiles"
PART = ".part"
NAME_LENGTH = 100
CHUNK = 1 << 20
# The database and what customers send need room as well.
ROOM_LEFT = 1 << 30
# An upload nobody goes on with is thrown away.
PATIENCE_SECONDS = 24 * 3600


class OutOfStep(Exception):
    """A piece that does not follow what is here already; `there` is how much that is."""

    def __init__(self, there: int) -> None:
        super().__init__(f"{there} bytes are here")
        self.there = there


@dataclass(frozen=True)
class MapFile:
    """One file; `archive` is None where it cannot be shown, and `fault` says why, as a msgid."""

    name: str
    path: Path
    size: int
    version: str
    archive: Archive | None
    fault: str = ""


def list_map_files() -> list[MapFile]:
    """All of them, by name."""
    found = [_look_at(path) for path in sorted(folder().glob(f"*{ENDING}")) if path.is_file()]
    return [file for file in found if file is not None]


def find_map_file(name: str) -> MapFile | None:
    """The file of that name. Names are compared, never made into paths."""
    return next((file for file in list_map_files() if file.name == name), None)


def add_map_file(source: Path, name: str = "") -> MapFile:
    """Copy a file from elsewhere on this machine; raises Unusable, OSError."""
    read_archive(source)
    target = folder() / clean_name(name or source.name)
    check_room(source.stat().st_size)
    part = target.with_name(target.name + PART)
    try:
        with source.open("rb") as reader, part.open("wb") as writer:
            shutil.copyfileobj(reader, writer, CHUNK)
            _to_disk(writer)
        return put_in_place(part)
    finally:
        part.unlink(missing_ok=True)


def add_piece(name: str, offset: int, size: int, piece: BinaryIO) -> MapFile | None:
    """The next piece of an upload of `size` bytes; the file once it is whole. Raises Unusable, OutOfStep, OSError."""
    part = folder() / (clean_name(name) + PART)
    if offset == 0:
        part.unlink(missing_ok=True)
        check_room(size)
    there = part.stat().st_size if part.exists() else 0
    if offset != there:
        raise OutOfStep(there)
    try:
        with part.open("ab") as writer:
            there += _copy(piece, writer, size - there)
            _to_disk(writer)
        if offset == 0:
            _check_start(part, size)
        return put_in_place(part) if there == size else None
    except (Unusable, OSError):
        part.unlink(missing_ok=True)
        raise


def put_in_place(part: Path) -> MapFile:
    """Check a whole file and let it take the place of an older one, in one step; raises Unusable."""
    read_archive(part)
    target = part.with_name(part.name.removesuffix(PART))
    part.replace(target)
    found = _look_at(target)
    if found is None:
        raise FileNotFoundError(target)
    return found


def remove_map_file(name: str) -> bool:
    found = find_map_file(name)
    if found is not None:
        found.path.unlink(missing_ok=True)
    return found is not None


def forget_abandoned_uploads() -> None:
    for part in folder().glob(f"*{ENDING}{PART}"):
        if part.stat().st_mtime < time.time() - PATIENCE_SECONDS:
            part.unlink(missing_ok=True)


def check_room(size: int) -> None:
    if shutil.disk_usage(folder()).free - size < ROOM_LEFT:
        raise Unusable(mark("There is not enough room on the disk: 1 GB must stay free."))


def clean_name(name: str) -> str:
    """A name for a file of ours, whatever it was called; it ends in .pmtiles."""
    stem = re.split(r"[\\/]", name)[-1].removesuffix(ENDING)
    kept = re.sub(r"[^\w.-]+", "-", stem).strip("-.")[:NAME_LENGTH]
    return f"{kept or 'map'}{ENDING}"


def folder() -> Path:
    return box().folder("maps")


def _look_at(path: Path) -> MapFile | None:
    try:
        known = path.stat()
    except FileNotFoundError:
        return None
    return _read(path, known.st_mtime_ns, known.st_size)


@lru_cache(maxsize=64)
def _read(path: Path, changed: int, size: int) -> MapFile:
    version = hashlib.sha256(f"{path.name} {changed} {size}".encode()).hexdigest()[:16]
    try:
        return MapFile(path.name, path, size, version, read_archive(path))
    except Unusable as unusable:
        return MapFile(path.name, path, size, version, None, str(unusable))
    except OSError:
        return MapFile(path.name, path, size, version, None, mark("The file cannot be read."))


def _check_start(part: Path, size: int) -> None:
    # Nobody should wait for the end of two gigabytes to hear that they are no map.
    with part.open("rb") as source:
        check_header(source.read(HEADER.size), size)


def _copy(source: BinaryIO, target: BinaryIO, most: int) -> int:
    copied = 0
    while chunk := source.read(min(CHUNK, most - copied + 1)):
        copied += len(chunk)
        if copied > most:
            raise Unusable(mark("The file is longer than it said it would be."))
        target.write(chunk)
    return copied


def _to_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
