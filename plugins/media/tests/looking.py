"""Look at single pixels of a picture."""

from __future__ import annotations

from pathlib import Path

from PIL import Image


def colour_at(path: Path | None, across: float, down: float = 0.02, frame: int = 0) -> tuple[int, int, int, int]:
    """Red, green, blue, alpha at a place given as fractions of width and height."""
    assert path is not None
    with Image.open(path) as image:
        image.seek(frame)
        place = int(across * image.width), int(down * image.height)
        pixel = image.convert("RGBA").getpixel(place)
    assert isinstance(pixel, tuple)
    red, green, blue, alpha = (int(value) for value in pixel)
    return red, green, blue, alpha
