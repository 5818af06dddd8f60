"""The supervisor's own lines in the log."""

from __future__ import annotations

import contextlib
import os


def say(line: str) -> None:
    """Write one line to stderr; the journal adds time and unit."""
    # A terminal that was closed must not end the box.
    with contextlib.suppress(OSError):
        os.write(2, f"supervisor: {line}\n".encode(errors="replace"))
