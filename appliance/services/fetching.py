"""Fetching a customer's file from the messenger: streamed to disk, tried again, ended in a clear state."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import File, Message, Part, now
from appliance.services import blobs, connections, instance, preparing_order, room
from appliance.services.files import PREPARED_KINDS, clean_name
from appliance.services.in_hand import InHand
from appliance.values import Fetched, RemoteFile, SendError

ATTEMPTS = 12
# When not the file but the line or the messenger is to blame: about a day.
PATIENT_ATTEMPTS = 150
LONGEST_WAIT = 600.0
log = logging.getLogger("appliance.fetching")

# The files this process fetches now.
_in_hand = InHand()


@dataclass(frozen=True)
class _Claim:
    id: int
    connection_id: int
    remote: RemoteFile


def fetch(file_id: int) -> None:
    """Bring one file, if it still waits and nobody else is at it."""
    claim = _claim(file_id)
    if claim is None:
        return
    try:
        if room.has_for(claim.remote.size):
            _bring(claim)
        else:
            _no_room(claim.id)
    finally:
        # If how it ended could not be written down (a full disk), the sweep finds it here.
        _in_hand.drop(file_id)


def due(limit: int = 50) -> list[int]:
    """Files to fetch now; those of dead processes, and those this one had to drop, among them."""
    with db.session() as session:
        waiting = select(File.id).where(
            File.state == "waiting", or_(File.next_try_at.is_(None), File.next_try_at <= now())
        )
        found = list(session.scalars(waiting.order_by(File.id).limit(limit)))
        held = list(session.scalars(select(File).where(File.state == "fetching")))
    return found + [file.id for file in held if not _in_hand.is_held(file.id, file.lease_owner)]


def tell(session: Session, file: File) -> None:
    """Open pages learn that a file changed, through every message that shows it or its small picture."""
    of_thumbnail = select(File.id).where(File.thumbnail_id == file.id)
    query = select(Message.id, Message.ticket_id).join(Part, Part.message_id == Message.id)
    shown = query.where(or_(Part.file_id == file.id, Part.file_id.in_(of_thumbnail)), Message.ticket_id.is_not(None))
    for row in session.execute(shown).all():
        after = {"file": file.id, "state": file.state, "making": file.making, "progress": file.progress}
        feed.append(session, "file_changed", ticket=row.ticket_id, message=row.id, after=after)


def _claim(file_id: int) -> _Claim | None:
    with db.write() as session:
        file = session.get(File, file_id)
        if file is None or file.connection_id is None or file.state not in ("waiting", "fetching"):
            return None
        if file.state == "fetching" and _in_hand.is_held(file.id, file.lease_owner):
            return None
        file.state, file.lease_owner = "fetching", instance.me()
        file.attempts += 1
        _in_hand.take(file_id)
        remote = RemoteFile(file.remote_id, file.remote_unique_id, file.name, file.mime, file.size)
        return _Claim(file_id, file.connection_id, remote)


def _bring(claim: _Claim) -> None:
    got: list[Fetched] = []
    try:
        blob = blobs.put(lambda target: got.append(_ask(claim, target)))
    except SendError as error:
        _failed(claim.id, error)
    except OSError as error:
        log.error("file %s cannot be stored: %s", claim.id, error.strerror or type(error).__name__)
        _no_room(claim.id)
    else:
        _ready(claim.id, blob, got[0])


def _ask(claim: _Claim, target: BinaryIO) -> Fetched:
    """The channel's work; whatever it makes of it, an OSError leaves here when our own disk failed and only then."""
    watched = _Watched(target)
    try:
        channel, info = connections.channel_of(claim.connection_id), connections.info(claim.connection_id)
        return channel.fetch(info, claim.remote, watched)  # type: ignore[arg-type]  # write() is all it may use
    except Exception as error:
        if watched.broken is not None:
            raise watched.broken from None
        if isinstance(error, SendError):
            raise
        log.exception("fetching file %s failed", claim.id)
        raise SendError("fetch_failed") from error


class _Watched:
    """The file being written, remembering that the disk refused."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self.broken: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._target.write(data)
        except OSError as error:
            self.broken = error
            raise


def _ready(file_id: int, blob: blobs.Blob, fetched: Fetched) -> None:
    with db.write() as session:
        file = session.get_one(File, file_id)
        file.state, file.sha256, file.size, file.error_code = "ready", blob.sha256, blob.size, ""
        file.lease_owner = ""
        file.name = file.name or clean_name(fetched.name)
        file.mime = file.mime or fetched.mime[:120]
        file.making = "quick" if file.kind in PREPARED_KINDS else ""
        file.wanted_at, file.next_try_at = now(), None
        tell(session, file)
        making = file.making
    if making:
        preparing_order.wake("quick")


def _failed(file_id: int, error: SendError) -> None:
    with db.write() as session:
        file = session.get_one(File, file_id)
        file.error_code, file.lease_owner = error.code, ""
        if error.permanent and error.scope == "chat":
            file.state = "too_large" if error.code == "too_large" else "failed"
        elif file.attempts >= (PATIENT_ATTEMPTS if error.scope == "connection" else ATTEMPTS):
            file.state = "failed"
        else:
            _later(file, error.retry_after or min(LONGEST_WAIT, 2.0 ** min(file.attempts, 10)))
        if file.state != "waiting":
            tell(session, file)


def _no_room(file_id: int) -> None:
    """The box's own fault, and it can last: it is tried again for as long as it takes."""
    with db.write() as session:
        file = session.get_one(File, file_id)
        file.lease_owner, file.attempts = "", 0
        known, file.error_code = file.error_code, room.CODE
        _later(file, room.WAIT_SECONDS)
        if known != room.CODE:
            tell(session, file)


def _later(file: File, seconds: float) -> None:
    file.state, file.next_try_at = "waiting", now() + timedelta(seconds=seconds)
