"""Files that an own Bot API server in `--local` mode has put on this machine's disk.

It names them by a path, and what it names is copied into the desk: only a file of this very bot may be.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from appliance import box
from appliance_telegram.bot_settings import BotSettings

_OWN = "telegram"


def is_local_path(path: str) -> bool:
    """The server works in `--local` mode; otherwise it names files relative to its own address."""
    return path.startswith("/")


@contextmanager
def opened_local_file(path: str, settings: BotSettings) -> Iterator[BinaryIO | None]:
    """The named file, None when it is not one that we may take from this machine's disk."""
    descriptor = _open(path) if settings.local else None
    if descriptor is None:
        yield None
        return
    try:
        if not _is_fit(descriptor, settings):
            yield None
            return
        with os.fdopen(descriptor, "rb", buffering=0, closefd=False) as file:
            yield file
    finally:
        os.close(descriptor)


def addresses_below(path: str, token: str) -> tuple[str, ...]:
    """Where it may be had over HTTP, best first: servers publish the whole disk's path, or the bot's folder."""
    parts = PurePosixPath(path).parts[1:]
    whole = "/".join(parts)
    if token not in parts:
        return (whole,)
    return (whole, "/".join(parts[parts.index(token) + 1 :]))


def _open(path: str) -> int | None:
    try:
        # A link, a pipe that nobody writes to, or a terminal must neither be followed nor waited for.
        return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except (OSError, ValueError):
        return None


def _is_fit(descriptor: int, settings: BotSettings) -> bool:
    # Asked of what was opened, not of its name: that may mean something else a moment later.
    found = Path(f"/proc/self/fd/{descriptor}").readlink()
    return stat.S_ISREG(os.fstat(descriptor).st_mode) and _belongs_to(found, settings) and not _is_ours(found)


def _belongs_to(found: Path, settings: BotSettings) -> bool:
    """The official server keeps the files of each bot in a folder named by its token."""
    return settings.token in found.parent.parts


def _is_ours(found: Path) -> bool:
    """Nothing in the box's own data is a customer's file that still has to be fetched."""
    try:
        # <data>/plugin-data/telegram
        data = box().folder(_OWN).resolve().parents[1]
    except (RuntimeError, LookupError):
        return False
    return found.is_relative_to(data)
