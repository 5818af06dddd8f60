"""Tiny PMTiles files: plain tiles of one colour, and vectors of one square."""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import Any

from PIL import Image
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

GREEN = (0x20, 0x90, 0x40)
# Around Saint Petersburg: tile 4/9/4.
BOUNDS = (22.5, 55.78, 45.0, 66.51)
TILES = {4: [(9, 4)], 5: [(x, y) for x in (18, 19) for y in (8, 9)]}
CREDIT = '<a href="https://www.openstreetmap.org/copyright" onclick="alert(1)">© OpenStreetMap</a> &amp; others'


def write_images(file: Path, **changes: Any) -> Path:
    """Green tiles for zooms 4 and 5."""
    return write(file, paint_tile(), {"tile_type": TileType.PNG, "tile_compression": Compression.NONE, **changes}, {})


def write_vectors(file: Path, layer: str = "earth", **changes: Any) -> Path:
    """A square over each whole tile."""
    header = {"tile_type": TileType.MVT, "tile_compression": Compression.GZIP, **changes}
    return write(file, gzip.compress(square(layer)), header, {"vector_layers": [{"id": layer, "fields": {}}]})


def write(file: Path, tile: bytes, header: dict[str, Any], metadata: dict[str, Any]) -> Path:
    west, south, east, north = (int(degrees * 1e7) for degrees in BOUNDS)
    edges = {"min_lon_e7": west, "min_lat_e7": south, "max_lon_e7": east, "max_lat_e7": north}
    zooms = {"min_zoom": 4, "max_zoom": 5, "center_zoom": 4, "center_lon_e7": west, "center_lat_e7": south}
    with file.open("wb") as target:
        writer = Writer(target)
        for zoom, places in TILES.items():
            for x, y in places:
                writer.write_tile(zxy_to_tileid(zoom, x, y), tile)
        writer.finalize({**edges, **zooms, **header}, {"attribution": CREDIT, **metadata})
    return file


def paint_tile() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (256, 256), GREEN).save(content, "PNG")
    return content.getvalue()


def square(layer: str) -> bytes:
    """A vector tile (Mapbox Vector Tile 2.1): one layer, one polygon over all of it."""
    corners = [(1 << 3) | 1, 0, 0, (3 << 3) | 2, *steps((4096, 0), (0, 4096), (-4096, 0)), (1 << 3) | 7]
    feature = number(3, 3) + text(4, b"".join(map(varint, corners)))
    return text(3, number(15, 2) + text(1, layer.encode()) + text(2, feature) + number(5, 4096))


def steps(*moves: tuple[int, int]) -> list[int]:
    """Zigzag: small negative numbers stay small."""
    return [(value << 1) ^ (value >> 31) for move in moves for value in move]


def number(field: int, value: int) -> bytes:
    return varint(field << 3) + varint(value)


def text(field: int, content: bytes) -> bytes:
    return varint(field << 3 | 2) + varint(len(content)) + content


def varint(value: int) -> bytes:
    """Protocol Buffers' numbers: seven bits a byte, the lowest first."""
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*written, value])
