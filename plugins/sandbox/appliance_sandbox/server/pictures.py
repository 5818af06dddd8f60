"""Photos as the messenger keeps them: JPEG, in several sizes, the largest last."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from appliance_sandbox.server.errors import bad_request

SIDES = (90, 320, 1280)
THUMBNAIL_SIDE = 320  # "A thumbnail's width and height should not exceed 320"
MOST_SIDES = 10_000  # "The photo's width and height must not exceed 10000 in total"
WIDEST = 20  # "Width and height ratio must be at most 20"


@dataclass(frozen=True, slots=True)
class Size:
    """One size of a photo."""

    width: int
    height: int
    jpeg: bytes


def photo_sizes(path: Path) -> list[Size]:
    """Smallest first. ApiError 400 for bytes that are no picture, or one of forbidden shape."""
    try:
        with Image.open(path) as picture:
            wide, high = picture.size
            if wide + high > MOST_SIDES or max(wide, high) > WIDEST * min(wide, high):
                raise bad_request("PHOTO_INVALID_DIMENSIONS")
            longest = min(max(wide, high), SIDES[-1])
            return [_resized(path, side) for side in sorted({*SIDES, longest}) if side <= longest]
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None


def small_picture(path: Path) -> Size | None:
    """A thumbnail; None for bytes that are no picture: the messenger leaves such a one out."""
    try:
        return _resized(path, THUMBNAIL_SIDE)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def picture_size(path: Path) -> tuple[int, int]:
    """Pixels of a sticker or a thumbnail; (0, 0) for what is no picture."""
    try:
        with Image.open(path) as picture:
            return picture.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return 0, 0


def _resized(path: Path, side: int) -> Size:
    with Image.open(path) as picture:
        picture.draft("RGB", (side, side))
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((side, side))
    target = io.BytesIO()
    upright.save(target, "JPEG", quality=85)
    return Size(*upright.size, target.getvalue())
