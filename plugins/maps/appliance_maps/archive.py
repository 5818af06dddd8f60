"""A PMTiles file (version 3): one file that holds a whole map's tiles. Read here only as far as to know what it is.

Layout: https://github.com/protomaps/PMTiles (the specification is in the public domain). The tiles themselves are
read by the browser, piece by piece.
"""

from __future__ import annotations

import html
import json
import re
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from appliance import mark

HEADER = struct.Struct("<7sB11Q6B4iB2i")
MAGIC, VERSION = b"PMTiles", 3
VECTOR = "vector"
KINDS = {1: VECTOR, 2: "image/png", 3: "image/jpeg", 4: "image/webp"}
# 1: none, 2: gzip. Browsers bring nothing to open the others with.
NONE, GZIP = 1, 2
MOST_ZOOM = 22
MOST_METADATA = 4 << 20
CREDIT_LENGTH, MOST_LAYERS = 200, 60


class Unusable(Exception):
    """Not a map we can show; the text is a msgid."""


@dataclass(frozen=True)
class Archive:
    """What a map file holds. kind: 'vector' or the images' MIME type; bounds: west, south, east, north; the zooms it
    has tiles for; `credit`: plain text; `layers` of a vector map."""

    kind: str
    bounds: tuple[float, float, float, float]
    least: int
    most: int
    credit: str = ""
    layers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Header:
    """The first 127 bytes, checked."""

    archive: Archive
    metadata: tuple[int, int]
    compression: int
    ends: int = field(repr=False, default=0)


def read_archive(file: Path) -> Archive:
    """What the file is; raises Unusable, or OSError."""
    size = file.stat().st_size
    with file.open("rb") as source:
        header = check_header(source.read(HEADER.size), size)
        offset, length = header.metadata
        source.seek(offset)
        metadata = read_metadata(source.read(min(length, MOST_METADATA)), header.compression)
    plain, layers = header.archive, read_layers(metadata)
    return Archive(plain.kind, plain.bounds, plain.least, plain.most, read_credit(metadata), layers)


def check_header(start: bytes, size: int) -> Header:
    """What the beginning of a file of that size says; raises Unusable."""
    if len(start) < HEADER.size or not start.startswith(MAGIC):
        raise Unusable(mark("This is not a PMTiles file."))
    values = HEADER.unpack_from(start)
    if values[1] != VERSION:
        raise Unusable(mark("This is a PMTiles file of another version. Version 3 is needed."))
    offsets = values[2:10]
    ends = max(offset + length for offset, length in zip(offsets[::2], offsets[1::2], strict=True))
    if ends > size:
        raise Unusable(mark("The file is cut off: it says that it is longer than it is."))
    inner, outer, kind, least, most = values[14:19]
    if kind not in KINDS:
        raise Unusable(mark("Its tiles are neither vectors (MVT) nor PNG, JPEG or WebP images."))
    # Images are compressed by themselves; some programs write 0, "unknown", for them.
    if inner not in (NONE, GZIP) or (KINDS[kind] == VECTOR and outer not in (NONE, GZIP)):
        raise Unusable(mark("It is compressed in a way that browsers do not know. Gzip is needed."))
    archive = Archive(KINDS[kind], read_bounds(values[19:23]), least, most)
    if not least <= most <= MOST_ZOOM:
        raise Unusable(mark("Its zooms make no sense."))
    return Header(archive, (values[4], values[5]), inner, ends)


def read_bounds(values: tuple[int, ...]) -> tuple[float, float, float, float]:
    west, south, east, north = (value / 1e7 for value in values)
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise Unusable(mark("It does not say which part of the earth it shows."))
    return west, south, east, north


def read_metadata(raw: bytes, compression: int) -> dict[str, Any]:
    """The file's own description; empty when it cannot be read, for the map can be shown without."""
    try:
        text = zlib.decompressobj(31).decompress(raw, MOST_METADATA) if compression == GZIP else raw
        found = json.loads(text)
    except (zlib.error, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def read_credit(metadata: dict[str, Any]) -> str:
    """Who made the map, as plain text: what is written there is often a link in HTML."""
    written = metadata.get("attribution")
    if not isinstance(written, str):
        return ""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", written)).split())[:CREDIT_LENGTH]


def read_layers(metadata: dict[str, Any]) -> tuple[str, ...]:
    layers = metadata.get("vector_layers")
    if not isinstance(layers, list):
        return ()
    names = [layer.get("id") for layer in layers if isinstance(layer, dict)]
    return tuple(name for name in names if isinstance(name, str))[:MOST_LAYERS]
