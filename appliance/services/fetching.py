"""Fetching a customer's file from the messenger: streamed to disk, tried again, ended in a clear state."""

from __future__ import annotations

import logging
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from appliance import db, feed, queue
from appliance.models import File, Message, Part, now
from appliance.services import blobs, connections, instance
from appliance.services.files import PREPARED_KINDS, clean_name
from appliance.values import Fetched, RemoteFile, SendError

ATTEMPTS = 12
LONGEST_WAIT = 600.0
log = logging.getLogger("appliance.fetching")


def fetch(file_id: int) -> None:
    """Bring one file, if it still waits and nobody else is at it."""
    claimed = _claim(file_id)
    if claimed is None:
        return
    connection_id, remote = claimed
    got: list[Fetched] = []
    try:
        channel, info = connections.channel_of(connection_id), connections.info(connection_id)
        blob = blobs.put(lambda target: got.append(channel.fetch(info, remote, target)))
    except SendError as error:
        _failed(file_id, error)
    except Exception as error:
        log.exception("fetching file %s failed", file_id)
        _failed(file_id, SendError("disk_full" if isinstance(error, OSError) else "fetch_failed"))
    else:
        _ready(file_id, blob, got[0])


def due(limit: int = 50) -> list[int]:
    """Files to fetch now, those of dead processes among them."""
    with db.session() as session:
        waiting = select(File.id).where(
            File.state == "waiting", or_(File.next_try_at.is_(None), File.next_try_at <= now())
        )
        found = list(session.scalars(waiting.order_by(File.id).limit(limit)))
        held = session.execute(select(File.id, File.lease_owner).where(File.state == "fetching")).all()
    return found + [row.id for row in held if not instance.alive(row.lease_owner)]


def tell(session: Session, file: File) -> None:
    """Open pages learn that a file changed, through every message that shows it."""
    query = select(Message.id, Message.ticket_id).join(Part, Part.message_id == Message.id)
    for row in session.execute(query.where(Part.file_id == file.id)).all():
        after = {"file": file.id, "state": file.state, "making": file.making, "progress": file.progress}
        feed.append(session, "file_changed", ticket=row.ticket_id, message=row.id, after=after)


def _claim(file_id: int) -> tuple[int, RemoteFile] | None:
    with db.write() as session:
        file = session.get(File, file_id)
        if file is None or file.connection_id is None or file.state not in ("waiting", "fetching"):
            return None
        if file.state == "fetching" and instance.alive(file.lease_owner):
            return None
        file.state, file.lease_owner = "fetching", instance.me()
        file.attempts += 1
        remote = RemoteFile(file.remote_id, file.remote_unique_id, file.name, file.mime, file.size)
        return file.connection_id, remote


def _ready(file_id: int, blob: blobs.Blob, fetched: Fetched) -> None:
    with db.write() as session:
        file = session.get_one(File, file_id)
        file.state, file.sha256, file.size, file.error_code = "ready", blob.sha256, blob.size, ""
        file.lease_owner = ""
        file.name = file.name or clean_name(fetched.name)
        file.mime = file.mime or fetched.mime[:120]
        file.making = "quick" if file.kind in PREPARED_KINDS else ""
        tell(session, file)
        making = file.making
    if making:
        queue.wake("prepare", file_id, lane="quick", priority=5)


def _failed(file_id: int, error: SendError) -> None:
    with db.write() as session:
        file = session.get_one(File, file_id)
        file.error_code, file.lease_owner = error.code, ""
        if error.permanent and error.scope == "chat":
            file.state = "too_large" if error.code == "too_large" else "failed"
        elif file.attempts >= ATTEMPTS:
            file.state = "failed"
        else:
            wait = error.retry_after or min(LONGEST_WAIT, 2.0**file.attempts)
            file.state, file.next_try_at = "waiting", now() + timedelta(seconds=wait)
        if file.state != "waiting":
            tell(session, file)
