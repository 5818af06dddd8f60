"""How much room the data folder has."""

from __future__ import annotations

import shutil
from pathlib import Path

# Below this SQLite may refuse any write; a batch of updates and its log need a few megabytes.
FULL = 4 << 20


def free(data: Path) -> int:
    """Bytes that can still be written."""
    return shutil.disk_usage(data).free


def total(data: Path) -> int:
    """The size of the disk."""
    return shutil.disk_usage(data).total


def is_full(data: Path) -> bool:
    """Whether nothing new can be counted on to be kept."""
    return free(data) < FULL
