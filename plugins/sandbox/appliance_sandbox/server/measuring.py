"""Size and length of a video or a voice, read from its container without decoding anything."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LARGEST_HEADER = 4 << 20
OPUS_RATE = 48_000  # an Opus granule position counts samples at this rate whatever was recorded
OGG_TAIL = 65_536  # a page is never longer, so the last one starts in here


@dataclass(frozen=True, slots=True)
class Measure:
    """Whole seconds and pixels; 0 where the file does not say."""

    duration: int = 0
    width: int = 0
    height: int = 0


def measure(path: Path) -> Measure:
    """Read an MP4/MOV or an Ogg; any other file measures nothing."""
    with path.open("rb") as source:
        start = source.read(12)
    try:
        if start[4:8] == b"ftyp":
            return _measure_mp4(path)
        if start.startswith(b"OggS"):
            return Measure(duration=_ogg_seconds(path))
    except (struct.error, ValueError, OverflowError, ZeroDivisionError):
        return Measure()
    return Measure()


def _measure_mp4(path: Path) -> Measure:
    header = _mp4_header(path)
    boxes = dict(_boxes(header))
    duration = _mvhd_seconds(boxes.get(b"mvhd", b""))
    for name, body in _boxes(header):
        if name == b"trak":
            width, height = struct.unpack(">II", dict(_boxes(body)).get(b"tkhd", bytes(8))[-8:])
            if width and height:
                return Measure(duration, width >> 16, height >> 16)
    return Measure(duration)


def _mp4_header(path: Path) -> bytes:
    """The moov box, wherever it stands."""
    left = path.stat().st_size
    with path.open("rb") as source:
        while left >= 8:
            size, name = struct.unpack(">I4s", source.read(8))
            head = 8
            if size == 1:
                (size,) = struct.unpack(">Q", source.read(8))
                head = 16
            if name == b"moov":
                return source.read(min(size - head, LARGEST_HEADER))
            if size < head:
                break
            source.seek(size - head, 1)
            left -= size
    return b""


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    while len(data) >= 8:
        size, name = struct.unpack(">I4s", data[:8])
        if size < 8:
            return
        yield name, data[8:size]
        data = data[size:]


def _mvhd_seconds(body: bytes) -> int:
    if not body:
        return 0
    scale, length = struct.unpack(">IQ", body[20:32]) if body[0] else struct.unpack(">II", body[12:20])
    return int(length / scale + 0.5)


def _ogg_seconds(path: Path) -> int:
    with path.open("rb") as source:
        source.seek(max(0, path.stat().st_size - OGG_TAIL))
        tail = source.read()
    last = tail.rfind(b"OggS")
    if last < 0:
        return 0
    (samples,) = struct.unpack("<q", tail[last + 6 : last + 14])
    return max(1, int(samples / OPUS_RATE + 0.5))
