"""What pages show of a file is made here, by the first plugin that knows how, in the worker's two media lanes."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db, queue
from appliance.db import upsert
from appliance.models import File, Rendition, now
from appliance.plugins import plugins
from appliance.services import blobs, files, instance
from appliance.services.fetching import tell
from appliance.values import Lane, MadeRendition, PartKind, Prepared, Workplace

ATTEMPTS = 3
REPORT_SECONDS = 1.0
log = logging.getLogger("appliance.renditions")


def prepare(file_id: int, lane: Lane = "quick") -> None:
    """Make a file's renditions, if they are still wanted in this lane and nobody else is at it."""
    claimed = _claim(file_id, lane)
    if claimed is None:
        return
    source, kind = claimed
    try:
        with blobs.workshop() as folder:
            workplace = Workplace(folder, lane, Reporter(file_id))
            made = plugins().ask_first("prepare_file", file=source, kind=kind, workplace=workplace)
            _finish(file_id, made if isinstance(made, Prepared) else Prepared())
    except Exception:
        log.exception("preparing file %s failed", file_id)
        _failed(file_id)


def due(limit: int = 50) -> list[tuple[int, Lane]]:
    """Files whose renditions wait, those of dead processes among them."""
    query = select(File.id, File.making, File.lease_owner).where(File.making.in_(("quick", "slow")))
    with db.session() as session:
        rows = session.execute(query.where(File.state == "ready").order_by(File.id).limit(limit)).all()
    return [
        (row.id, "slow" if row.making == "slow" else "quick")
        for row in rows
        if not row.lease_owner or not instance.alive(row.lease_owner)
    ]


def retry(file_id: int) -> None:
    """Try again what could not be made."""
    with db.write() as session:
        file = session.get_one(File, file_id)
        if file.making == "failed":
            file.making, file.failure, file.making_attempts, file.lease_owner = "quick", "", 0, ""
            tell(session, file)
    queue.wake("prepare", file_id, lane="quick")


def prepare_again(kinds: Collection[PartKind], *, only_failed: bool = False, since: datetime | None = None) -> int:
    """Have renditions made anew, of all kinds if none is named; how many files that are. The old ones stay until the
    new are there."""
    states = ("failed",) if only_failed else ("", "failed")
    query = select(File).where(File.state == "ready", File.dropped_at.is_(None), File.making.in_(states))
    query = query.where(File.kind.in_(kinds)) if kinds else query
    query = query.where(File.created_at >= since) if since else query
    with db.write() as session:
        found = list(session.scalars(query.order_by(File.id.desc())))
        for file in found:
            file.making, file.failure, file.making_attempts, file.lease_owner = "quick", "", 0, ""
    return len(found)


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


def _claim(file_id: int, lane: Lane) -> tuple[files.HeldFile, PartKind] | None:
    with db.write() as session:
        file = session.get(File, file_id)
        if file is None or file.making != lane or file.state != "ready":
            return None
        if file.lease_owner and instance.alive(file.lease_owner):
            return None
        file.lease_owner = instance.me()
        file.making_attempts += 1
        if file.making_attempts > ATTEMPTS:
            # It took the worker down with it every time: better a file without a player than no worker.
            file.making, file.failure, file.lease_owner = "failed", "crashed", ""
            tell(session, file)
            return None
        return files.held(session, file_id), file.kind  # type: ignore[return-value]  # one of FILE_KINDS


class Reporter:
    """Progress for open bubbles, written at most once a second."""

    def __init__(self, file_id: int) -> None:
        self._file_id = file_id
        self._last = time.monotonic()

    def __call__(self, done: float) -> None:
        if time.monotonic() - self._last < REPORT_SECONDS:
            return
        self._last = time.monotonic()
        with db.write() as session:
            file = session.get_one(File, self._file_id)
            file.progress = max(0, min(99, round(done * 100)))
            tell(session, file)


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
        queue.wake("prepare_slowly", file_id, lane="slow")


def _failed(file_id: int) -> None:
    with db.write() as session:
        file = session.get_one(File, file_id)
        file.lease_owner = ""
        if file.making_attempts >= ATTEMPTS:
            file.making, file.failure = "failed", "failed"
            tell(session, file)
