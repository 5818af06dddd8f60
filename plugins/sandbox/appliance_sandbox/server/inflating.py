"""A file of a declared size around a small one: nobody has to keep 48 MB to see what happens to 48 MB."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

BOX_HEAD = 8
LONGEST_SHORT_BOX = 0xFFFFFFFF


def inflate(small: Path, target: Path, size: int) -> None:
    """Write the small file and a hole after it, `size` bytes in all; an MP4 stays a well-formed one.

    A file that is larger than `size` already is copied as it is.
    """
    draft = target.with_name(f"{target.name}.unfinished")
    shutil.copyfile(small, draft)
    missing = size - draft.stat().st_size
    if missing > 0:
        with draft.open("r+b") as file:
            is_mp4 = file.read(BOX_HEAD)[4:] == b"ftyp"
            file.seek(0, 2)
            file.write(_padding(missing) if is_mp4 else b"")
            file.truncate(size)
    draft.replace(target)


def _padding(size: int) -> bytes:
    """The head of an MP4 box that players skip."""
    if size < BOX_HEAD:
        return b""
    if size <= LONGEST_SHORT_BOX:
        return struct.pack(">I4s", size, b"free")
    return struct.pack(">I4sQ", 1, b"free", size)
