"""Decode one picture and write what the page may show of it. Run as a program of its own, in a limited child.

    image_child.py photo|sticker SOURCE FOLDER

Writes `playable.*` and `thumbnail.*` into FOLDER and prints them as a JSON list. Ends with a word of `Reason` as the
last line on stderr when it refuses. It imports nothing of the package, so that it runs wherever the plugin lies.
"""

from __future__ import annotations

import io
import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pi_heif  # type: ignore[import-untyped]  # published without types
from PIL import Image, ImageCms, ImageOps

FORMATS = ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF", "BMP", "TIFF"]
MOST_PIXELS = 64_000_000  # the largest phone sensors that deliver whole pictures; a bomb has a thousand times more
MOST_FRAMES = 300
PICTURE_SIDE, THUMBNAIL_SIDE, STICKER_SIDE = 2048, 480, 512


def main(kind: str, source: str, folder: str) -> int:
    """Returns the exit status."""
    pi_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(source, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:  # Pillow itself raises only at twice its limit
                return refuse("picture_too_large", f"{image.width}x{image.height}")
            made = make_sticker(image, Path(folder)) if kind == "sticker" else make_photo(image, Path(folder))
    except Image.DecompressionBombError as error:
        return refuse("picture_too_large", str(error))
    except MemoryError:
        return refuse("too_much_work", "out of memory")
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError, RuntimeError) as error:
        return refuse("unreadable", f"{type(error).__name__}: {error}")
    print(json.dumps(made))  # noqa: T201 - the answer to the parent
    return 0


def refuse(reason: str, detail: str) -> int:
    print(detail, reason, sep="\n", file=sys.stderr)  # noqa: T201
    return 1


def make_photo(image: Image.Image, folder: Path) -> list[dict[str, Any]]:
    """The picture for the lightbox and the small one for the bubble: upright, standard colours, no EXIF."""
    image.draft("RGB", (PICTURE_SIDE, PICTURE_SIDE))  # a JPEG is decoded small at once
    image.load()
    ImageOps.exif_transpose(image, in_place=True)
    large = use_plain_colours(use_plain_mode(image))
    large.thumbnail((PICTURE_SIDE, PICTURE_SIDE))
    small = large.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return [save(large, folder, "playable"), save(small, folder, "thumbnail")]


def make_sticker(image: Image.Image, folder: Path) -> list[dict[str, Any]]:
    """A WebP, moving if the original moves."""
    frames, durations = [], []
    for number in range(min(getattr(image, "n_frames", 1), MOST_FRAMES)):
        image.seek(number)
        frame = image.convert("RGBA")
        frame.thumbnail((STICKER_SIDE, STICKER_SIDE))
        frames.append(frame)
        durations.append(int(image.info.get("duration", 0)) or 100)
    path = folder / "playable.webp"
    moving = {"save_all": True, "append_images": frames[1:], "duration": durations, "loop": 0}
    frames[0].save(path, "WEBP", quality=80, **(moving if len(frames) > 1 else {}))
    return [describe(path, "playable", "image/webp", frames[0])]


def use_plain_mode(image: Image.Image) -> Image.Image:
    """One of L, RGB, RGBA, CMYK."""
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in ("L", "RGB", "RGBA", "CMYK"):
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def use_plain_colours(image: Image.Image) -> Image.Image:
    """sRGB. A broken colour profile is not worth a missing picture."""
    mode = "RGB" if image.mode == "CMYK" else image.mode
    profile = image.info.get("icc_profile")
    if profile and mode != "L":
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            standard = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, source, standard, outputMode=mode) or image.convert(mode)
    return image.convert(mode)


def save(image: Image.Image, folder: Path, role: str) -> dict[str, Any]:
    """JPEG, or WebP where something is see-through. Only pixels are saved: no EXIF, no place, no profile."""
    image.info.clear()
    if image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255):
        path, mime = folder / f"{role}.webp", "image/webp"
        image.save(path, "WEBP", quality=85)
    else:
        path, mime = folder / f"{role}.jpg", "image/jpeg"
        image.convert("RGB").save(path, "JPEG", quality=85, optimize=True, progressive=True)
    return describe(path, role, mime, image)


def describe(path: Path, role: str, mime: str, image: Image.Image) -> dict[str, Any]:
    return {"role": role, "file": path.name, "mime": mime, "width": image.width, "height": image.height}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
