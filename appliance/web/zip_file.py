"""A ZIP archive that exists only while it is read: its size is known before, and no more of it is held than a chunk.

It can be given to the server as a file. So a reader who stalls holds an open file and no thread, and nothing is written
to a disk that may be full. The sums that a ZIP file carries are taken while the bytes go by.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import BinaryIO

from appliance.web import zip_layout
from appliance.web.byte_window import SeekableReader
from appliance.web.zip_layout import Member

CHUNK = 1 << 18
Read = Callable[[int, int], bytes]


class ZipFile(SeekableReader):
    """`sources` open the bytes of the members, in their order; a member must be as long as it says."""

    def __init__(self, members: Sequence[Member], sources: Sequence[Callable[[], BinaryIO]]) -> None:
        self._members: list[Member] = []
        self._starts: list[int] = []
        self._reads: list[Read] = []
        self._sums = [RunningSum() for _ in members]
        self._bodies = _Bodies(sources)
        self._end = 0
        for number, member in enumerate(members):
            self._add_member(number, replace(member, offset=self._end))
        start, blank = self._end, [0] * len(members)
        self._add(len(zip_layout.directory(self._members, blank, start)), self._directory(start))
        super().__init__(self._end)

    def close(self) -> None:
        self._bodies.close()
        super().close()

    def _add_member(self, number: int, member: Member) -> None:
        self._members.append(member)
        head = zip_layout.header(member)
        self._add(len(head), lambda at, length: head[at : at + length])
        self._add(member.size, lambda at, length: self._body(number, at, length))
        tail = len(zip_layout.descriptor(member, 0))
        self._add(tail, lambda at, length: zip_layout.descriptor(member, self._sum(number))[at : at + length])

    def _add(self, length: int, read: Read) -> None:
        if length:
            self._starts.append(self._end)
            self._reads.append(read)
            self._end += length

    def _read_at(self, start: int, length: int) -> bytes:
        if not length:
            return b""
        section = bisect_right(self._starts, start) - 1
        stop = self._starts[section + 1] if section + 1 < len(self._starts) else self._end
        return self._reads[section](start - self._starts[section], min(length, stop - start))

    def _body(self, number: int, at: int, length: int) -> bytes:
        found = self._bodies.read(number, at, length)
        if not found:
            raise EOFError(f"{self._members[number].name} is shorter than it was")
        self._sums[number].see(at, found)
        return found

    def _sum(self, number: int) -> int:
        """Read in order, it is known by now; else what was left out is read for it."""
        seen, size = self._sums[number], self._members[number].size
        while seen.upto < size:
            self._body(number, seen.upto, min(CHUNK, size - seen.upto))
        return seen.crc

    def _directory(self, start: int) -> Read:
        def read(at: int, length: int) -> bytes:
            sums = [self._sum(number) for number in range(len(self._members))]
            return zip_layout.directory(self._members, sums, start)[at : at + length]

        return read


class RunningSum:
    """The CRC-32 of everything up to `upto`; bytes may come again, and are counted once."""

    def __init__(self) -> None:
        self.crc = 0
        self.upto = 0

    def see(self, at: int, found: bytes) -> None:
        if at <= self.upto < at + len(found):
            self.crc = zlib.crc32(found[self.upto - at :], self.crc)
            self.upto = at + len(found)


class _Bodies:
    """One of the sources open at a time: a hundred stalled readers must not use up the files a process may open."""

    def __init__(self, sources: Sequence[Callable[[], BinaryIO]]) -> None:
        self._sources = sources
        self._number = -1
        self._stream: BinaryIO | None = None

    def read(self, number: int, at: int, length: int) -> bytes:
        if self._stream is None or number != self._number:
            self.close()
            self._stream, self._number = self._sources[number](), number
        self._stream.seek(at)
        return self._stream.read(length)

    def close(self) -> None:
        if self._stream is not None:
            self._stream.close()
        self._stream = None
