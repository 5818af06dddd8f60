"""Where the sandbox keeps its things in the data folder, and the secret that desk and server share."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from appliance import box

NAME = "sandbox"


def folder() -> Path:
    return box().folder(NAME)


def state_file() -> Path:
    """The practice messenger's own database; its files lie beside it."""
    return folder() / "sandbox.db"


def control_secret() -> str:
    """Made by whoever asks first, web or worker; the same for all from then on."""
    secret = folder() / "control-secret"
    if not secret.exists():
        write_privately(draft := folder() / f"control-secret.{os.getpid()}", secrets.token_urlsafe(32))
        try:
            os.link(draft, secret)
        except FileExistsError:
            pass  # the other process was quicker: its secret counts
        finally:
            draft.unlink()
    return secret.read_text()


def write_privately(path: Path, text: str) -> None:
    """Replace a file that only the box's user may read."""
    draft = path.with_name(f"{path.name}.writing")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as target:
        target.write(text)
    draft.replace(path)
