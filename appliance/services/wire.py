"""Whether a request's bytes had begun to leave when its process died.

A line is written, without syncing, just before the first byte goes out. A killed process leaves it behind (the page
cache survives the process, not a power cut), so a piece that was `sending` without its line was certainly not sent
and may be sent again; with it, or after a reboot, nobody knows: it is parked as uncertain.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

from sqlalchemy import select

from appliance import db
from appliance.models import Delivery
from appliance.services import instance

_lock = threading.Lock()
_open: dict[str, int] = {}


def note(piece_id: int, attempt: int) -> None:
    """The request for this piece is leaving now."""
    path = _path(instance.me())
    with _lock:
        if str(path) not in _open:
            path.parent.mkdir(parents=True, exist_ok=True)
            _open[str(path)] = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.write(_open[str(path)], f"{piece_id}:{attempt}\n".encode())


def certainly_not_sent(piece_id: int, attempt: int, owner: str) -> bool:
    """True when the dead instance `owner` had not begun to send."""
    if not instance.same_boot(owner):
        return False
    path = _path(owner)
    try:
        lines = path.read_text("ascii").split("\n")
    except FileNotFoundError:
        # The first line of an instance makes the file: none, nothing left.
        return path.parent.is_dir()
    except OSError:
        return False
    return f"{piece_id}:{attempt}" not in lines


def tidy() -> None:
    """Remove the notes of instances that are gone, but for those that a delivery is still to be judged by."""
    folder = _path(instance.me()).parent
    # First who is gone: after that, nobody can begin to send under these names.
    gone = [path for path in folder.glob("*") if not instance.alive(path.name)] if folder.is_dir() else []
    with db.session() as session:
        needed = set(session.scalars(select(Delivery.lease_owner).where(Delivery.state == "sending")))
    for path in gone:
        if path.name not in needed:
            path.unlink(missing_ok=True)


def _path(owner: str) -> Path:
    return Path(str(db.engine().url.database)).parent / "wire" / owner
