"""Walk the outermost boxes of an MP4 or MOV file: is all there that its index speaks of?"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

MOST_BOXES = 100_000  # a fragmented film has two for each second; nobody's has more


def is_cut(path: Path) -> bool:
    """True when the media data ends after the file does: a transfer or a recording that broke off."""
    size = path.stat().st_size
    at = 0
    with path.open("rb") as file:
        for _ in range(MOST_BOXES):
            name, length = _read_header(file, at, size)
            if length < 8:
                return False
            at += length
            if name == b"mdat" and at > size:
                return True
    return False


def _read_header(file: BinaryIO, at: int, size: int) -> tuple[bytes, int]:
    """Name and whole length of the box that starts at `at`; a length of 0 where none does."""
    file.seek(at)
    header = file.read(16)
    if len(header) < 8:
        return b"", 0
    length, name = int.from_bytes(header[:4], "big"), header[4:8]
    if length == 0:  # up to the end, wherever that is
        return name, size - at
    return name, int.from_bytes(header[8:16], "big") if length == 1 else length
