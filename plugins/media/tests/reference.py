"""What a rendition holds, by ffmpeg and Pillow: what browsers are compared with."""

from __future__ import annotations

import subprocess
from array import array
from functools import cache
from pathlib import Path

from PIL import Image, ImageSequence

from appliance_media.probe import probe

# As in tests/browsers/look.js.
COLUMNS, ROWS = 16, 12
FRAME = COLUMNS * ROWS * 3
Mosaic = tuple[int, ...]


@cache
def frames_of(film: Path) -> list[Mosaic]:
    """Every frame of a film as mean colours of a grid, red, green, blue, opacity, row by row."""
    # First the colours: ffmpeg halves those of a film carelessly when it does both at once.
    filters = f"format=rgb24,scale={COLUMNS}:{ROWS}:flags=area"
    scaled = ["-vf", filters, "-vsync", "passthrough", "-pix_fmt", "rgb24", "-f", "rawvideo"]
    raw = _decode(film, *scaled)
    return [_opaque(raw[at : at + FRAME]) for at in range(0, len(raw), FRAME)]


@cache
def loudness_of(path: Path) -> float:
    """The loudest moment; 1 is as loud as can be, 0 is silence or no sound at all."""
    if probe(path).audio is None:
        return 0.0
    wave = array("h", _decode(path, "-map", "0:a", "-ac", "1", "-ar", "8000", "-f", "s16le"))
    return max(map(abs, wave), default=0) / 32768


@cache
def pictures_of(path: Path) -> list[Mosaic]:
    """Every frame of a picture; colours are times opacity, as in the films."""
    with Image.open(path) as image:
        shown = [frame.convert("RGBA").convert("RGBa") for frame in ImageSequence.Iterator(image)]
    small = [frame.resize((COLUMNS, ROWS), Image.Resampling.BOX) for frame in shown]
    return [tuple(frame.tobytes()) for frame in small]


def difference(one: Mosaic, other: Mosaic) -> float:
    """Mean distance of their values: 0 is alike, 255 is black against white."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


def _opaque(colours: bytes) -> Mosaic:
    return tuple(value for at in range(0, FRAME, 3) for value in (*colours[at : at + 3], 255))


def _decode(path: Path, *arguments: str) -> bytes:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), *arguments, "-"]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
