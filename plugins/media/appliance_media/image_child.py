"""Decode one picture and write what the page may show of it. Run as a program of its own, in a limited child.

    image_child.py photo|sticker|lottie SOURCE FOLDER

Writes `playable.*` and `thumbnail.*` into FOLDER and prints them as a JSON list. Ends with a word of `Reason` as the
last line on stderr when it refuses. It imports nothing of the package, so that it runs wherever the plugin lies.
"""

from __future__ import annotations

import io
import json
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pi_heif  # type: ignore[import-untyped]  # published without types
from PIL import Image, ImageCms, ImageOps

FORMATS = ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF", "BMP", "TIFF"]
MOST_PIXELS = 64_000_000  # the largest phone sensors that deliver whole pictures; a bomb has a thousand times more
PICTURE_SIDE, THUMBNAIL_SIDE = 2048, 480
STICKER_SIDE, MOVING_SIDE = 512, 256
MOST_STICKER_PIXELS = 2048 * 2048  # every frame is decoded in full
MOST_FRAMES = 200
FRAMES_PER_SECOND = 20
MOST_DRAWING_BYTES = 2 << 20  # unpacked; messengers allow 64 KB packed
LONGEST_DRAWING_SECONDS = 10
# What decoders raise over bytes nobody has written in earnest.
BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, RuntimeError, ArithmeticError),
    *(AttributeError, zlib.error),
)


class NotDrawn(Exception):
    """What `main` tells the parent: a word of `Reason`, and what was wrong."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def main(kind: str, source: str, folder: str) -> int:
    """Returns the exit status."""
    pi_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        made = draw_lottie(source, Path(folder)) if kind == "lottie" else decode(kind, source, Path(folder))
    except NotDrawn as error:
        return refuse(error.reason, str(error))
    except Image.DecompressionBombError as error:
        return refuse("picture_too_large", str(error))
    except MemoryError:
        return refuse("too_much_work", "out of memory")
    except BROKEN as error:
        return refuse("unreadable", f"{type(error).__name__}: {error}")
    print(json.dumps(made))  # noqa: T201 - the answer to the parent
    return 0


def refuse(reason: str, detail: str) -> int:
    print(detail, reason, sep="\n", file=sys.stderr)  # noqa: T201
    return 1


def decode(kind: str, source: str, folder: Path) -> list[dict[str, Any]]:
    """A photo or a sticker, once its size is known to be bearable."""
    most = MOST_STICKER_PIXELS if kind == "sticker" else MOST_PIXELS
    with Image.open(source, formats=FORMATS) as image:
        if image.width * image.height > most:  # Pillow itself raises only at twice its limit
            raise NotDrawn("picture_too_large", f"{image.width}x{image.height}")
        return make_sticker(image, folder) if kind == "sticker" else make_photo(image, folder)


def make_photo(image: Image.Image, folder: Path) -> list[dict[str, Any]]:
    """The picture for the lightbox and the small one for the bubble: upright, standard colours, no EXIF."""
    image.draft("RGB", (PICTURE_SIDE, PICTURE_SIDE))  # a JPEG is decoded small at once
    image.load()
    ImageOps.exif_transpose(image, in_place=True)
    large = use_plain_mode(image)
    large.thumbnail((PICTURE_SIDE, PICTURE_SIDE))
    large = use_plain_colours(large)
    small = large.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return [save(large, folder, "playable"), save(small, folder, "thumbnail")]


def make_sticker(image: Image.Image, folder: Path) -> list[dict[str, Any]]:
    """A WebP, moving if the original moves."""
    count = min(getattr(image, "n_frames", 1), MOST_FRAMES)
    side = MOVING_SIDE if count > 1 else STICKER_SIDE
    frames, durations = [], []
    for number in range(count):
        image.seek(number)
        frame = image.convert("RGBA")
        frame.thumbnail((side, side))
        frames.append(frame)
        durations.append(int(image.info.get("duration", 0)) or 100)
    return [save_frames(frames, durations, folder)]


def draw_lottie(source: str, folder: Path) -> list[dict[str, Any]]:
    """A moving WebP out of drawing instructions (Lottie, packed as .tgs)."""
    # Only here: the library brings threads of its own, which no photo needs.
    from rlottie_python.rlottie_wrapper import LottieAnimation  # noqa: PLC0415

    drawing = json.loads(unpack(source))
    first, last, rate = check_drawing(drawing)
    # Written anew: of a name that stands there twice, the library would see another one than was checked.
    animation: Any = LottieAnimation.from_data(json.dumps(drawing, allow_nan=False))
    if not animation.animation_p:
        raise NotDrawn("animated_sticker", "the instructions cannot be drawn")
    width, height = fit(*animation.lottie_animation_get_size())
    step = max(1.0, rate / FRAMES_PER_SECOND)
    count = max(1, min(MOST_FRAMES, round((last - first) / step)))
    frames = [draw_frame(animation, round(number * step), width, height) for number in range(count)]
    return [save_frames(frames, [round(1000 * step / rate)] * count, folder)]


def unpack(source: str) -> str:
    """The text inside a gzip file, which may promise any size."""
    inflate = zlib.decompressobj(31)
    text = inflate.decompress(Path(source).read_bytes(), MOST_DRAWING_BYTES)
    if inflate.unconsumed_tail:
        raise NotDrawn("too_much_work", f"more than {MOST_DRAWING_BYTES} bytes of instructions")
    if not inflate.eof:
        raise NotDrawn("unreadable", "the file is cut")
    return text.decode("utf-8")


def check_drawing(drawing: Any) -> tuple[float, float, float]:
    """First frame, last frame, frames per second. Pictures, inside or elsewhere, are none of a sticker's business."""
    if any(is_picture(item) for item in walk(drawing)):
        raise NotDrawn("animated_sticker", "refers to a picture")
    first, last, rate = (float(drawing[name]) for name in ("ip", "op", "fr"))
    side = max(int(drawing["w"]), int(drawing["h"]))
    if not (1 <= rate <= 120 and 0 < last - first <= LONGEST_DRAWING_SECONDS * rate and 1 <= side <= 4096):
        raise NotDrawn("animated_sticker", f"frames {first} to {last}, {rate} a second, {side} wide")
    return first, last, rate


def is_picture(item: dict[str, Any]) -> bool:
    """A picture among the assets, by its path or its bytes, or a layer (type 2) that shows one."""
    layers = item["layers"] if isinstance(item.get("layers"), list) else []
    shows_one = any(isinstance(layer, dict) and layer.get("ty") == 2 for layer in layers)
    return shows_one or isinstance(item.get("p"), str) or isinstance(item.get("u"), str)


def walk(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside, at any depth."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item


def fit(width: int, height: int) -> tuple[int, int]:
    scale = MOVING_SIDE / max(width, height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def draw_frame(animation: Any, number: int, width: int, height: int) -> Image.Image:
    pixels = animation.lottie_animation_render(number, width=width, height=height)
    # Its colours are multiplied by their alpha already; read as plain ones, every soft edge would be dark.
    return Image.frombuffer("RGBa", (width, height), pixels, "raw", "BGRa", 0, 1).convert("RGBA")


def save_frames(frames: Sequence[Image.Image], durations: Sequence[int], folder: Path) -> dict[str, Any]:
    path = folder / "playable.webp"
    if len(frames) == 1:
        frames[0].save(path, "WEBP", quality=80)
        return describe(path, "playable", "image/webp", frames[0])
    moving = {"save_all": True, "append_images": frames[1:], "duration": list(durations), "loop": 0}
    frames[0].save(path, "WEBP", quality=80, **moving)
    return {**describe(path, "playable", "image/webp", frames[0]), "duration": sum(durations) / 1000}


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
