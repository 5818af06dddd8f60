"""A stored file that lives in memory."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, ClassVar


@dataclass(frozen=True)
class HeldFile:
    id: int
    content: bytes
    name: str = "a.bin"
    mime: str = ""
    claimed_size: int | None = None

    @property
    def size(self) -> int:
        return len(self.content) if self.claimed_size is None else self.claimed_size

    def open(self) -> BinaryIO:
        return io.BytesIO(self.content)

    @contextmanager
    def local_copy(self) -> Iterator[Path]:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "copy"
            path.write_bytes(self.content)
            yield path


class LostFile(HeldFile):
    def open(self) -> BinaryIO:
        raise FileNotFoundError(self.name)


class WatchedFile(HeldFile):
    """Remembers how much of it was read at a time."""

    reads: ClassVar[list[int]] = []

    def open(self) -> BinaryIO:
        self.reads.clear()
        return _Watched(self.content)


class _Watched(io.BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        chunk = super().read(size)
        WatchedFile.reads.append(len(chunk))
        return chunk
