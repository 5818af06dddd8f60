"""Tell by its first bytes what a file may be. Names and MIME types are the sender's claims; bytes are what is opened.

It only chooses which decoder is asked: the decoder, in its limited child, decides.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

Look = Literal["picture", "media", "gzip", "pdf", ""]

PICTURE_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis"})
PICTURE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"BM", b"II*\x00", b"MM\x00*")
MEDIA_STARTS = (
    b"\x1a\x45\xdf\xa3",  # Matroska, WebM
    b"OggS",
    b"fLaC",
    b"ID3",
    b"#!AMR",
    b"FLV\x01",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",  # ASF: WMA, WMV
    b"\x00\x00\x01\xba",  # MPEG program stream
    b"caff",
    b"GIF8",
)
CHUNKED_LOOKS: dict[bytes, Look] = {b"WEBP": "picture", **dict.fromkeys((b"AVI ", b"WAVE", b"AIFF", b"AIFC"), "media")}
TRANSPORT_PACKET = 188


def look_at(path: Path) -> Look:
    """'picture' for still images, 'media' for sound and film, 'gzip' (vector stickers), 'pdf', '' for anything else."""
    with path.open("rb") as file:
        start = file.read(1024)
    if start[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
        return "picture" if start[8:12] in PICTURE_BRANDS else "media"
    if start.startswith((b"RIFF", b"FORM")):
        return CHUNKED_LOOKS.get(start[8:12], "")
    if start.startswith(PICTURE_STARTS):
        return "picture"
    if start.startswith(MEDIA_STARTS) or _is_frame_of_sound(start) or _is_transport_stream(start):
        return "media"
    return _of_documents(start)


def _of_documents(start: bytes) -> Look:
    if start.startswith(b"\x1f\x8b"):
        return "gzip"
    return "pdf" if start.startswith(b"%PDF-") else ""


def _is_frame_of_sound(start: bytes) -> bool:
    """MP3 or ADTS without a tag: eleven set bits, then a layer that exists."""
    return len(start) > 2 and start[0] == 0xFF and start[1] & 0xE0 == 0xE0 and start[1] != 0xFF and start[2] != 0xFF


def _is_transport_stream(start: bytes) -> bool:
    """188-byte packets begin with G; camcorders put four bytes of time before each."""
    return any(
        start[first : first + 1] == b"G" and start[first + step : first + step + 1] == b"G"
        for first, step in ((0, TRANSPORT_PACKET), (4, TRANSPORT_PACKET + 4))
    )
