"""The same output without us: the very ffmpeg command, or the same steps in Pillow, as a program of its own.

They run at the priority at which ours do, so that whatever else the machine does weighs on both alike.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from appliance_media.child import lower_session
from appliance_media.commands import make_playable
from appliance_media.decide import decide
from appliance_media.probe import probe
from scripts.benches.samples import Sample

PRIORITY = ("nice", "-n", "15", "ionice", "-t", "-c", "3")
PILLOW = """
import sys
import pi_heif
from PIL import Image, ImageOps
pi_heif.register_heif_opener()
source, folder = sys.argv[1:]
with Image.open(source) as image:
    ImageOps.exif_transpose(image, in_place=True)
    for side, name in ((2048, "playable"), (480, "thumbnail")):
        image.thumbnail((side, side))
        image.convert("RGB").save(f"{folder}/{name}.jpg", "JPEG", quality=85, optimize=True, progressive=True)
"""


def time_bare(sample: Sample, folder: Path) -> float:
    """Seconds on the clock."""
    command = _pillow(sample, folder) if sample.mime == "image/heic" else _ffmpeg(sample, folder)
    began = time.monotonic()
    with subprocess.Popen(
        [*PRIORITY, *command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
    ) as running:
        lower_session(running.pid)
        assert running.wait(600) == 0, f"{command} failed"
    return time.monotonic() - began


def _ffmpeg(sample: Sample, folder: Path) -> Sequence[str]:
    plan = decide(probe(sample.path), sample.kind)
    return make_playable(plan, sample.path, folder / ("bare.mp4" if plan.video else "bare.m4a"), sample.kind)


def _pillow(sample: Sample, folder: Path) -> Sequence[str]:
    return [sys.executable, "-I", "-c", PILLOW, str(sample.path), str(folder)]
