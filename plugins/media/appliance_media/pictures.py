"""Have a picture or sticker decoded by `image_child`, a limited program of its own."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from appliance import MadeRendition
from appliance_media import image_child
from appliance_media.child import Limits, run
from appliance_media.reasons import Reason, Refused

LIMITS = Limits(seconds=60, processor_seconds=60, file_size=256 * 1024 * 1024)


def make_pictures(source: Path, kind: str, folder: Path) -> list[MadeRendition]:
    """Write a photo's picture and thumbnail, or a sticker's WebP, into `folder`. Raises Refused."""
    # By path and isolated: neither a variable of the environment nor the current folder decides what is imported.
    argv = [sys.executable, "-I", str(Path(image_child.__file__)), kind, str(source.absolute()), str(folder.absolute())]
    try:
        answer = json.loads(run(argv, LIMITS))
    except Refused as refused:
        raise _in_its_own_words(refused) from refused
    return [
        MadeRendition(made["role"], folder / Path(made["file"]).name, made["mime"], made["width"], made["height"])
        for made in answer
    ]


def _in_its_own_words(refused: Refused) -> Refused:
    last_word = refused.detail.rsplit("\n", 1)[-1]
    if refused.reason is Reason.UNREADABLE and last_word in set(Reason):
        return Refused(Reason(last_word), refused.detail)
    return refused
