"""Files that promise more than they hold, or hold more than they seem to. All of them small, made within a second."""

from __future__ import annotations

import gzip
import struct
import zlib
from pathlib import Path

from PIL import Image

from plugins.media.tests.handmade import box, full_box

MACROBLOCKS = 938  # of 16 pixels: 15008


def write_wide_jpeg(target: Path) -> None:
    """A header that promises 65500 x 65500 pixels."""
    frame = struct.pack(">BHHB", 8, 65500, 65500, 1) + b"\x01\x11\x00"
    scan = b"\x01\x01\x00\x00\x3f\x00"
    markers = b"".join(
        b"\xff" + name + struct.pack(">H", len(body) + 2) + body for name, body in ((b"\xc0", frame), (b"\xda", scan))
    )
    target.write_bytes(b"\xff\xd8" + markers + bytes(64) + b"\xff\xd9")


def write_huge_png(target: Path) -> None:
    """A header that promises 60000 x 60000 pixels over a few bytes of data."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0))
    target.write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b""))


def write_gif_of_many_frames(target: Path) -> None:
    """5000 frames on a canvas of 4000 x 4000: 80 gigapixels in a few hundred kilobytes."""
    start = b"GIF89a" + struct.pack("<HHBBB", 4000, 4000, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = (
        b"\x21\xf9\x04\x04\x02\x00\x00\x00" + b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    )
    target.write_bytes(start + frame * 5000 + b"\x3b")


def write_webp_of_many_frames(target: Path) -> None:
    """One small frame repeated 5000 times on a canvas of 16000 x 16000."""
    small = target.with_suffix(".part")
    Image.new("RGBA", (16, 16), (255, 0, 0, 90)).save(small, "WEBP", lossless=True)
    picture = small.read_bytes()
    small.unlink()
    picture = picture[picture.index(b"VP8L") :]

    def chunk(name: bytes, content: bytes) -> bytes:
        return name + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)

    def three(number: int) -> bytes:
        return struct.pack("<I", number)[:3]

    canvas = chunk(b"VP8X", b"\x12\0\0\0" + three(15999) + three(15999))
    frame = chunk(b"ANMF", three(0) * 2 + three(15) * 2 + three(40) + b"\0" + picture)
    body = b"WEBP" + canvas + chunk(b"ANIM", bytes(6)) + frame * 5000
    target.write_bytes(chunk(b"RIFF", body))


def write_gzip_bomb(target: Path) -> None:
    """A vector sticker that unpacks to 64 MB."""
    target.write_bytes(gzip.compress(b'{"v":"' + bytes(64 << 20) + b'"}', 9))


def write_giant_film(target: Path) -> None:
    """One H.264 picture of 15008 x 15008, complete and legal: a byte for every 16 x 16 pixels."""
    settings, picture = _settings(), _picture()
    record = b"\x01" + settings[1:4] + b"\xff\xe1" + struct.pack(">H", len(settings)) + settings
    record += b"\x01" + struct.pack(">H", len(PICTURE_SETTINGS)) + PICTURE_SETTINGS
    tags = _film_tag(b"\x17\x00\0\0\0" + record) + _film_tag(
        b"\x17\x01\0\0\0" + struct.pack(">I", len(picture)) + picture
    )
    target.write_bytes(b"FLV\x01\x01" + struct.pack(">II", 9, 0) + tags)


def write_endless_film(source: Path, target: Path) -> None:
    """An MP4 whose header speaks of 27 years."""
    data = bytearray(source.read_bytes())
    for name, at in ((b"mvhd", 20), (b"tkhd", 24), (b"mdhd", 20)):
        start = data.index(name)
        data[start + at : start + at + 4] = b"\x7f\xff\xff\xff"
    target.write_bytes(data)


def write_empty_film(target: Path) -> None:
    """An MP4 without a single stream."""
    header = full_box(b"mvhd", struct.pack(">IIII", 0, 0, 1000, 0) + bytes(80))
    target.write_bytes(box(b"ftyp", b"isom\0\0\2\0isomiso2mp41") + box(b"moov", header))


class _Bits:
    """Writes bits; `ue` is H.264's code for numbers."""

    def __init__(self) -> None:
        self.text = ""

    def u(self, count: int, value: int) -> _Bits:
        self.text += f"{value:0{count}b}"
        return self

    def ue(self, *values: int) -> _Bits:
        for value in values:
            digits = f"{value + 1:b}"
            self.text += "0" * (len(digits) - 1) + digits
        return self

    def end(self) -> bytes:
        whole = self.text + "1"
        whole += "0" * (-len(whole) % 8)
        return int(whole, 2).to_bytes(len(whole) // 8, "big")


# Baseline's: no CABAC, one slice group, no deblocking switch.
PICTURE_SETTINGS = b"\x68" + _Bits().ue(0, 0).u(2, 0).ue(0, 0, 0).u(3, 0).ue(0, 0, 0).u(3, 0).end()


def _settings() -> bytes:
    size = (MACROBLOCKS - 1, MACROBLOCKS - 1)
    return b"\x67\x42\x00\x33" + _Bits().ue(0, 0, 2, 1).u(1, 0).ue(*size).u(4, 0b1100).end()


def _picture() -> bytes:
    """Every macroblock predicts its colour and adds nothing: 00100 1 1 1."""
    start = _Bits().ue(0, 7, 0).u(4, 0).ue(0).u(2, 0).ue(0)
    body = start.text + "00100111" * MACROBLOCKS * MACROBLOCKS + "1"
    body += "0" * (-len(body) % 8)
    return b"\x65" + int(body, 2).to_bytes(len(body) // 8, "big")


def _film_tag(body: bytes) -> bytes:
    head = b"\x09" + struct.pack(">I", len(body))[1:] + bytes(7)
    return head + body + struct.pack(">I", len(body) + 11)
