"""Files no encoder of the test machine writes: HEIC, AMR, a phone's rotation, headers that lie."""

from __future__ import annotations

import random
import struct
import zlib
from pathlib import Path

QUARTER_TURN = struct.pack(">9i", 0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000)


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content


def full_box(name: bytes, content: bytes, version: int = 0) -> bytes:
    return box(name, bytes([version, 0, 0, 0]) + content)


def find_box(data: bytes, name: bytes) -> bytes:
    """The first box of that name, header included, wherever it stands."""
    at = data.index(name) - 4
    return data[at : at + int.from_bytes(data[at : at + 4], "big")]


def turn_track(path: Path) -> None:
    """Give the first track of an mp4 or mov a phone held upright: a display matrix of 90 degrees clockwise."""
    data = bytearray(path.read_bytes())
    matrix = data.index(b"tkhd") + 4 + 4 + 20 + 16
    data[matrix : matrix + 36] = QUARTER_TURN
    path.write_bytes(data)


def write_heic(film: Path, target: Path, width: int, height: int) -> None:
    """A HEIC out of an mp4 that holds one HEVC frame (tagged hvc1): its frame and its decoder settings, rewrapped."""
    data = film.read_bytes()
    frame = find_box(data, b"mdat")[8:]
    size = full_box(b"ispe", struct.pack(">II", width, height))
    properties = box(b"ipco", find_box(data, b"hvcC") + size)
    owners = full_box(b"ipma", struct.pack(">IHBBB", 1, 1, 2, 0x81, 0x02))
    items = full_box(b"iinf", struct.pack(">H", 1) + full_box(b"infe", struct.pack(">HH4sB", 1, 0, b"hvc1", 0), 2))
    handler = full_box(b"hdlr", struct.pack(">I4s12xB", 0, b"pict", 0))
    start = box(b"ftyp", b"heic" + bytes(4) + b"mif1heic")

    def meta(offset: int) -> bytes:
        where = struct.pack(">HHHHHII", 0x4400, 1, 1, 0, 1, offset, len(frame))
        main = full_box(b"pitm", struct.pack(">H", 1))
        return full_box(b"meta", handler + main + full_box(b"iloc", where) + items + box(b"iprp", properties + owners))

    first = len(start) + len(meta(0)) + 8
    target.write_bytes(start + meta(first) + box(b"mdat", frame))


def write_amr(target: Path, seconds: int) -> None:
    """AMR-NB at 12.2 kbit/s: fifty frames a second of made-up parameters decode to noise."""
    noise = random.Random(7)
    frames = b"".join(b"\x3c" + noise.randbytes(31) for _ in range(seconds * 50))
    target.write_bytes(b"#!AMR\n" + frames)


def write_huge_png(target: Path) -> None:
    """A header that promises 60000 x 60000 pixels over a few bytes of data."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0))
    target.write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b""))
