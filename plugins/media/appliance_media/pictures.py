"""Have a picture or sticker decoded by `image_child`, a limited program of its own."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from appliance import MadeRendition
from appliance_media import image_child
from appliance_media.child import MEBIBYTE, Limits, run
from appliance_media.reasons import Reason, Refused

LIMITS = Limits(seconds=60, processor_seconds=60, file_size=256 * MEBIBYTE)
# An honest one takes a third of a second.
DRAWING_LIMITS = Limits(seconds=40, processor_seconds=20, memory=1024 * MEBIBYTE, file_size=16 * MEBIBYTE)


def make_pictures(source: Path, kind: str, folder: Path) -> list[MadeRendition]:
    """Write a photo's picture and thumbnail, or a sticker's WebP, into `folder`. Raises Refused."""
    return _have_made(kind, source, folder, LIMITS)


def draw_animation(source: Path, folder: Path) -> MadeRendition:
    """Write the moving WebP of a vector sticker into `folder`. Raises Refused."""
    return _have_made("lottie", source, folder, DRAWING_LIMITS)[0]


def _have_made(kind: str, source: Path, folder: Path, limits: Limits) -> list[MadeRendition]:
    # By path and isolated: neither a variable of the environment nor the current folder decides what is imported.
    argv = [sys.executable, "-I", str(Path(image_child.__file__)), kind, str(source.absolute()), str(folder.absolute())]
    try:
        answer = json.loads(run(argv, limits))
    except Refused as refused:
        raise _in_its_own_words(refused) from refused
    return [_rendition(made, folder) for made in answer]


def _rendition(made: dict[str, Any], folder: Path) -> MadeRendition:
    path = folder / Path(made["file"]).name
    return MadeRendition(made["role"], path, made["mime"], made["width"], made["height"], made.get("duration"))


def _in_its_own_words(refused: Refused) -> Refused:
    last_word = refused.detail.rsplit("\n", 1)[-1]
    if refused.reason is Reason.UNREADABLE and last_word in set(Reason):
        return Refused(Reason(last_word), refused.detail)
    return refused
