"""Files of customers with what was made of them, as a box has them after some time."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from typing import Any

from appliance import db
from appliance.models import Delivery, File, Message, Part, Rendition, now
from appliance.services import blobs
from tests.unit.services.conftest import Desk

AGE = blobs.NEW_SECONDS + 60


def store(content: bytes) -> blobs.Blob:
    """Bytes that came days ago."""
    blob = blobs.put(lambda target: target.write(content))
    with blobs.local_copy(blob.sha256) as path:
        os.utime(path, (time.time() - AGE, time.time() - AGE))
    return blob


def sent_by(desk: Desk, chat: int = 7) -> int:
    """A message of this person; its id."""
    desk.write({"chat": chat, "id": time.monotonic_ns(), "text": "look", "name": f"Person {chat}"})
    return desk.messages()[-1].id


def file_in(message_id: int | None, content: bytes, *, days: int = 100, shown: str = "playable", **facts: Any) -> int:
    """A film of so many days ago with a rendition of the kind `shown`; its id."""
    blob = store(content)
    known = {"kind": "video", "state": "ready", "size": blob.size, "created_at": now() - timedelta(days=days), **facts}
    with db.write() as session:
        file = File(sha256=blob.sha256, **known)
        session.add(file)
        session.flush()
        if message_id is not None:
            count = session.query(Part).filter_by(message_id=message_id).count()
            session.add(Part(message_id=message_id, position=count, kind=file.kind, file_id=file.id))
        if shown:
            made = store(b"made of " + content)
            row = Rendition(file_id=file.id, kind=shown, mime="video/mp4", sha256=made.sha256, size=made.size)
            session.add(row)
        return file.id


def deliver(message_id: int, state: str) -> None:
    with db.write() as session:
        message = session.get_one(Message, message_id)
        session.add(
            Delivery(message_id=message_id, address_id=message.address_id, connection_id=1, purpose="send", state=state)
        )


def file(number: int) -> File:
    with db.session() as session:
        return session.get_one(File, number)


def is_here(sha256: str) -> bool:
    try:
        return blobs.blob_size(sha256) > 0
    except blobs.Gone:
        return False
