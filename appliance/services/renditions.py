"""What pages show of a file is made here, by the first plugin that knows how, in the worker's two media lanes."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from appliance import db
from appliance.db import upsert
from appliance.models import File, Rendition, now
from appliance.plugins import plugins
from appliance.services import blobs, files, instance, preparing_order, room
from appliance.services.fetching import tell
from appliance.services.preparing_order import in_hand
from appliance.values import Lane, MadeRendition, PartKind, Prepared, Workplace

ATTEMPTS = 3
# After what failed without a reason; nobody should wait long for a second try.
RETRY_SECONDS = 5.0
REPORT_SECONDS = 1.0
log = logging.getLogger("appliance.renditions")


@dataclass(frozen=True)
class _Claim:
    """A file to prepare. `waited`: it is known to wait for room."""

    file: files.HeldFile
    kind: PartKind
    waited: bool


class _NoRoomError(Exception):
    """The disk cannot take what is to be made."""


def prepare_next(lane: Lane) -> None:
    """Prepare the file that comes first in a lane. One a job, so that a stop waits for no more than one."""
    file_id = preparing_order.first(lane)
    if file_id is not None and prepare(file_id, lane):
        preparing_order.wake(lane)


def prepare(file_id: int, lane: Lane = "quick") -> bool:
    """Make a file's renditions, if they are still wanted in this lane and nobody else is at it; whether the next may
    follow at once, which is not so after what has to be tried again."""
    claimed = _claim(file_id, lane)
    if claimed is None:
        return True
    try:
        return _try(claimed, lane)
    finally:
        # If how it ended could not be written down (a full disk), the sweep finds that nobody is at it.
        in_hand[lane].drop(file_id)


def _try(claimed: _Claim, lane: Lane) -> bool:
    try:
        _make(claimed, lane)
    except DBAPIError:
        raise
    except _NoRoomError:
        _no_room(claimed)
    except Exception as error:
        if isinstance(error, OSError) and room.was_refused(error):
            log.error("what was made of file %s cannot be stored: %s", claimed.file.id, error.strerror)
            _no_room(claimed)
        else:
            log.exception("preparing file %s failed", claimed.file.id)
            _failed(claimed.file.id)
    else:
        return True
    return False


def _make(claimed: _Claim, lane: Lane) -> None:
    source = claimed.file
    if lane == "slow" and not room.has_for(source.size):
        raise _NoRoomError
    with blobs.workshop() as folder:
        workplace = Workplace(folder, lane, Reporter(source.id))
        answer = plugins().ask_first("prepare_file", file=source, kind=claimed.kind, workplace=workplace)
        made = answer if isinstance(answer, Prepared) else None
        if (made is None or made.failure) and room.is_tight(source.size):
            raise _NoRoomError
        _finish(source.id, made or Prepared())


def store(made: Sequence[MadeRendition]) -> list[dict[str, Any]]:
    """Take over the bytes of finished renditions, outside any transaction; the rows for `keep`."""
    return [_row(item, blobs.adopt(item.path) if item.path is not None else blobs.Blob("", 0)) for item in made]


def keep(session: Session, file_id: int, rows: Sequence[dict[str, Any]]) -> None:
    """Write the rows, once their bytes are stored: a row is a promise."""
    for row in rows:
        statement = upsert(Rendition).values(file_id=file_id, **row)
        session.execute(statement.on_conflict_do_update(index_elements=["file_id", "kind"], set_=row))


def _row(item: MadeRendition, blob: blobs.Blob) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "sha256": blob.sha256,
        "size": blob.size,
        "mime": item.mime,
        "width": item.width,
        "height": item.height,
        "duration": item.duration,
        "data": dict(item.data),
        "made_at": now(),
    }


def _claim(file_id: int, lane: Lane) -> _Claim | None:
    with db.write() as session:
        file = session.get(File, file_id)
        if file is None or file.making != lane or file.state != "ready":
            return None
        if in_hand[lane].is_held(file.id, file.lease_owner):
            return None
        # One that we had before and dropped cost us nothing but the writing down.
        if file.lease_owner != instance.me():
            file.making_attempts += 1
        file.lease_owner, file.next_try_at = instance.me(), None
        if file.making_attempts > ATTEMPTS:
            # It took the worker down with it every time: better a file without a player than no worker.
            file.making, file.failure, file.lease_owner = "failed", "crashed", ""
            tell(session, file)
            return None
        waited = file.failure == room.CODE
        file.failure = ""
        claimed = _Claim(files.held(session, file_id), file.kind, waited)  # type: ignore[arg-type]  # one of FILE_KINDS
        in_hand[lane].take(file_id)
        return claimed


class Reporter:
    """Progress for open bubbles, written at most once a second."""

    def __init__(self, file_id: int) -> None:
        self._file_id = file_id
        self._last = time.monotonic()

    def __call__(self, done: float) -> None:
        if time.monotonic() - self._last < REPORT_SECONDS:
            return
        self._last = time.monotonic()
        try:
            with db.write() as session:
                file = session.get_one(File, self._file_id)
                file.progress = max(0, min(99, round(done * 100)))
                tell(session, file)
        except DBAPIError as error:
            # The work goes on: that nobody sees how far it is is no reason to lose it.
            log.warning("progress of file %s cannot be written: %s", self._file_id, type(error.orig).__name__)


def _finish(file_id: int, made: Prepared) -> None:
    rows = store(made.renditions)
    with db.write() as session:
        keep(session, file_id, rows)
        file = session.get_one(File, file_id)
        file.width, file.height = made.width or file.width, made.height or file.height
        file.duration = made.duration or file.duration
        file.lease_owner, file.progress, file.making_attempts = "", 0, 0
        file.making = "failed" if made.failure else ("slow" if made.unfinished else "")
        file.failure = made.failure
        tell(session, file)
        unfinished = file.making == "slow"
    if unfinished:
        preparing_order.wake("slow")


def _failed(file_id: int) -> None:
    with db.write() as session:
        file = session.get_one(File, file_id)
        file.lease_owner = ""
        file.next_try_at = now() + timedelta(seconds=RETRY_SECONDS)
        if file.making_attempts >= ATTEMPTS:
            file.making, file.failure, file.next_try_at = "failed", "failed", None
            tell(session, file)


def _no_room(claimed: _Claim) -> None:
    """It waits for as long as it takes, and no try is used up."""
    with db.write() as session:
        file = session.get_one(File, claimed.file.id)
        file.lease_owner, file.progress, file.making_attempts = "", 0, 0
        file.next_try_at = now() + timedelta(seconds=room.WAIT_SECONDS)
        file.failure = room.CODE
        if not claimed.waited:
            tell(session, file)
