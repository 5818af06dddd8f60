"""Files no encoder of the test machine writes: HEIC, AMR, a phone's rotation, headers that lie."""

from __future__ import annotations

import random
import struct
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


def write_heic(film: Path, target: Path, size: tuple[int, int], exif: bytes) -> None:
    """A HEIC out of an mp4 that holds one HEVC frame (tagged hvc1): its frame and its decoder settings, rewrapped."""
    data = film.read_bytes()
    frame = find_box(data, b"mdat")[8:]
    notes = struct.pack(">I", 6) + exif  # they begin after the six bytes that say Exif
    properties = box(b"ipco", find_box(data, b"hvcC") + full_box(b"ispe", struct.pack(">II", *size)))
    owners = full_box(b"ipma", struct.pack(">IHBBB", 1, 1, 2, 0x81, 0x02))
    kinds = b"".join(
        full_box(b"infe", struct.pack(">HH4sB", number, 0, kind, 0), 2) for number, kind in ((1, b"hvc1"), (2, b"Exif"))
    )
    about = full_box(b"iref", box(b"cdsc", struct.pack(">HHH", 2, 1, 1)))
    items = full_box(b"iinf", struct.pack(">H", 2) + kinds) + about
    handler = full_box(b"hdlr", struct.pack(">I4s12xB", 0, b"pict", 0))
    start = box(b"ftyp", b"heic" + bytes(4) + b"mif1heic")

    def meta(offset: int) -> bytes:
        where = struct.pack(">HH", 0x4400, 2) + struct.pack(">HHHII", 1, 0, 1, offset, len(frame))
        where += struct.pack(">HHHII", 2, 0, 1, offset + len(frame), len(notes))
        main = full_box(b"pitm", struct.pack(">H", 1))
        return full_box(b"meta", handler + main + full_box(b"iloc", where) + items + box(b"iprp", properties + owners))

    first = len(start) + len(meta(0)) + 8
    target.write_bytes(start + meta(first) + box(b"mdat", frame + notes))


def write_amr(target: Path, seconds: int) -> None:
    """AMR-NB at 12.2 kbit/s: fifty frames a second of made-up parameters decode to noise."""
    noise = random.Random(7)
    frames = b"".join(b"\x3c" + noise.randbytes(31) for _ in range(seconds * 50))
    target.write_bytes(b"#!AMR\n" + frames)
