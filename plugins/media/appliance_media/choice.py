"""How this box encodes pictures: what its self-test has chosen, or the safe choice as long as there is none."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from shutil import which
from typing import Any

from appliance_media import hardware, room
from appliance_media.child import run
from appliance_media.reasons import Refused

SOFTWARE, HARDWARE = "libx264", "h264_v4l2m2m"
PRESETS = ("veryfast", "superfast", "ultrafast")
HEIGHTS = (720, 540)
# What plain CRF needs beside it, or a noisy picture comes out larger than it went in; the rate itself for hardware.
KILOBITS = {720: 2500, 540: 1500}
FILE = "encoder.json"


@dataclass(frozen=True)
class Choice:
    """An encoder with its preset and the height of a lying picture. `speed`: seconds of film encoded in one second,
    0 = not measured. `ffmpeg`, `processors`, `at`: with what, on how many, and when (UTC) that was measured."""

    encoder: str = SOFTWARE
    preset: str = PRESETS[0]
    height: int = HEIGHTS[0]
    speed: float = 0.0
    ffmpeg: str = ""
    processors: int = 0
    at: str = ""

    @property
    def kilobits(self) -> int:
        return KILOBITS[self.height]

    @property
    def words(self) -> str:
        """For logs and tables."""
        preset = "" if self.is_hardware else f" {self.preset}"
        return f"{self.encoder}{preset}, {self.height} lines"

    @property
    def is_hardware(self) -> bool:
        return self.encoder == HARDWARE


SAFE = Choice()


def current() -> Choice:
    """What encodes now: never a choice that was made for another ffmpeg or another machine."""
    return stored() or SAFE


def stored() -> Choice | None:
    """The self-test's choice; None when there is none, it cannot be read, or it is out of date."""
    folder = room.folder()
    found = _read(folder / FILE) if folder else None
    if found is None or (found.ffmpeg, found.processors) != (ffmpeg_version(), processors()):
        return None
    return None if found.is_hardware and not hardware.find_device() else found


def keep(chosen: Choice, folder: Path) -> None:
    """Write it down, whole or not at all."""
    unfinished = folder / f"{FILE}.{os.getpid()}"
    unfinished.write_text(json.dumps(asdict(chosen), indent=2) + "\n", encoding="utf-8")
    unfinished.replace(folder / FILE)


def processors() -> int:
    """Those this process may use."""
    return len(os.sched_getaffinity(0))


def ffmpeg_version() -> str:
    """As ffmpeg names itself; '' without one. Asked again when the program has changed."""
    program = which("ffmpeg")
    if program is None:
        return ""
    seen = Path(program).stat()
    return _ask_version(program, seen.st_mtime_ns, seen.st_size)


@lru_cache(maxsize=4)
def _ask_version(program: str, _changed: int, _size: int) -> str:
    try:
        words = run([program, "-version"]).decode("utf-8", "replace").split()
    except Refused:
        return ""
    return words[2] if len(words) > 2 else ""


def _read(path: Path) -> Choice | None:
    try:
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        found = Choice(**{**raw, "speed": float(raw["speed"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None
    fits = found.encoder in (SOFTWARE, HARDWARE) and found.preset in PRESETS and found.height in HEIGHTS
    return found if fits else None
