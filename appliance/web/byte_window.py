"""A stretch of a file, as a file of its own.

Given to the server as it is, it costs no memory and no thread: waitress reads it bit by bit as the reader takes it.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class SeekableReader(io.RawIOBase):
    """Something of a known size that can be read from anywhere; `_read_at` is what a kind of it brings."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, target: WriteableBuffer) -> int:
        view = memoryview(target)
        found = self._read_at(self._at, min(len(view), max(0, self.size - self._at)))
        view[: len(found)] = found
        self._at += len(found)
        return len(found)

    def _read_at(self, start: int, length: int) -> bytes:
        """Up to `length` bytes, at least one unless `length` is 0."""
        return b""


class ByteWindow(SeekableReader):
    """The bytes from `start` up to `stop` of a stream, which is closed with it."""

    def __init__(self, stream: BinaryIO, start: int, stop: int) -> None:
        super().__init__(stop - start)
        self._stream = stream
        self._start = start

    def close(self) -> None:
        self._stream.close()
        super().close()

    def _read_at(self, start: int, length: int) -> bytes:
        self._stream.seek(self._start + start)
        return self._stream.read(length)
