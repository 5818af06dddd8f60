"""The folder in the data that is this plugin's own."""

from __future__ import annotations

from pathlib import Path

from appliance import box


def folder() -> Path | None:
    """None where no box runs: the plugin's parts can be used without one."""
    try:
        return box().folder("media")
    except (RuntimeError, LookupError):
        return None
