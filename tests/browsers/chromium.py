"""Debian's Chromium, without a window.

Its headless shell is the same engine without the browser around it: a new tab costs a third (0.26 s of CPU against
0.9 s). Where a distribution has none, or a test needs what only the whole browser has (sharing the screen, permission
to notify), it is the browser itself.
"""

from __future__ import annotations

import shutil

from playwright.sync_api import Browser, BrowserType

SHELLS = ("chromium-headless-shell",)
BROWSERS = ("chromium", "chromium-browser")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def launch(kind: BrowserType, *flags: str, whole: bool = False, **options: object) -> Browser:
    """To be closed. `kind` is Playwright's `chromium`, or beside a browser that runs its `browser_type`."""
    return kind.launch(executable_path=find(whole=whole), args=[*FLAGS, *flags], **options)  # type: ignore[arg-type]


def find(*, whole: bool = False) -> str | None:
    """The program's path. `whole`: the browser itself, never the shell."""
    names = BROWSERS if whole else (*SHELLS, *BROWSERS)
    return next(filter(None, map(shutil.which, names)), None)
