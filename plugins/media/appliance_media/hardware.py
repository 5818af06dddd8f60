"""The H.264 encoder of small boards that have one, such as the Raspberry Pi 4; the Pi 5 has none."""

from __future__ import annotations

import os
from pathlib import Path

DEVICES = Path("/dev")
NAMES = Path("/sys/class/video4linux")
# Where the Pi's driver puts its encoder; other boards number theirs as they come.
USUAL = "video11"


def find_device(devices: Path = DEVICES, names: Path = NAMES) -> Path | None:
    """A device of this machine that calls itself an encoder and that this process may use."""
    found = [devices / USUAL, *(devices / entry.parent.name for entry in _encoders(names))]
    return next((device for device in found if os.access(device, os.R_OK | os.W_OK)), None)


def _encoders(names: Path) -> list[Path]:
    return [name for name in sorted(names.glob("video*/name")) if "enc" in _read(name)]


def _read(name: Path) -> str:
    try:
        return name.read_text("utf-8", "replace")
    except OSError:
        return ""
