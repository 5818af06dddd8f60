"""The ZIP format, as far as we write it: stored members with their sums behind them (APPNOTE 4.3 to 4.5)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime

# Sum and sizes follow the bytes; names are UTF-8.
_FLAGS = 0x0808
_STORED = 0
_PLAIN, _ZIP64 = 20, 45
_MADE_ON_UNIX = 3 << 8
_READABLE = 0o644 << 16
_MOST = 0xFFFFFFFF
_MOST_MEMBERS = 0xFFFF


@dataclass(frozen=True)
class Member:
    """One file inside. `offset` is where its header begins; `at` is local time."""

    name: str
    size: int
    at: datetime
    offset: int = 0

    @property
    def large(self) -> bool:
        return self.size >= _MOST


def header(member: Member) -> bytes:
    name = member.name.encode()
    extra = struct.pack("<HHQQ", 1, 16, 0, 0) if member.large else b""
    size = _MOST if member.large else 0
    return (
        struct.pack(
            "<4sHHHHHLLLHH",
            b"PK\x03\x04",
            _ZIP64 if member.large else _PLAIN,
            _FLAGS,
            _STORED,
            *_moment(member.at),
            0,
            size,
            size,
            len(name),
            len(extra),
        )
        + name
        + extra
    )


def descriptor(member: Member, crc: int) -> bytes:
    sizes = "QQ" if member.large else "LL"
    return struct.pack(f"<4sL{sizes}", b"PK\x07\x08", crc, member.size, member.size)


def directory(members: list[Member], crcs: list[int], start: int) -> bytes:
    """What stands at the end, from byte `start` on."""
    entries = b"".join(_entry(member, crc) for member, crc in zip(members, crcs, strict=True))
    return entries + _end(len(members), len(entries), start)


def _entry(member: Member, crc: int) -> bytes:
    name = member.name.encode()
    wide = [value for value in (member.size, member.size, member.offset) if value >= _MOST]
    extra = struct.pack(f"<HH{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
    size, offset = min(member.size, _MOST), min(member.offset, _MOST)
    needed = _ZIP64 if wide else _PLAIN
    return (
        struct.pack(
            "<4sHHHHHHLLLHHHHHLL",
            b"PK\x01\x02",
            _MADE_ON_UNIX | needed,
            needed,
            _FLAGS,
            _STORED,
            *_moment(member.at),
            crc,
            size,
            size,
            len(name),
            len(extra),
            0,
            0,
            0,
            _READABLE,
            offset,
        )
        + name
        + extra
    )


def _end(count: int, length: int, start: int) -> bytes:
    wide = count >= _MOST_MEMBERS or start + length >= _MOST
    number = min(count, _MOST_MEMBERS)
    # Length and start are told twice when they do not fit: first in full, then as "see above".
    long_form = (
        struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, _ZIP64, _ZIP64, 0, 0, count, count, length, start)
        + struct.pack("<4sLQL", b"PK\x06\x07", 0, start + length, 1)
        if wide
        else b""
    )
    return long_form + struct.pack(
        "<4sHHHHLLH", b"PK\x05\x06", 0, 0, number, number, min(length, _MOST), min(start, _MOST), 0
    )


def _moment(at: datetime) -> tuple[int, int]:
    """Time and date of MS-DOS, which began in 1980 and counts two seconds at a time."""
    year = min(max(at.year, 1980), 2107)
    return (at.hour << 11 | at.minute << 5 | at.second // 2, (year - 1980) << 9 | at.month << 5 | at.day)
