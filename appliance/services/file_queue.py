"""How it stands with files that are being prepared, as far as somebody may see them; and trying again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Connection, File, Message, Part
from appliance.services import files, instance, preparing_again, preparing_order, refetching
from appliance.values import Actor, Lane

SHOWN = 50


@dataclass(frozen=True)
class QueuedFile:
    """`here`: it was fetched. `code` says why it waits or failed, '' for no reason; `channel` whose words that are, ''
    for the house's own. `anew`: it is merely made once more. `again`: asking for it once more may help."""

    id: int
    kind: str
    name: str
    size: int | None
    ticket_id: int | None
    since: datetime
    here: bool
    progress: int = 0
    code: str = ""
    channel: str = ""
    anew: bool = False
    again: bool = True


@dataclass(frozen=True)
class Queue:
    """`count` are all of them, `files` the first ones."""

    count: int
    files: tuple[QueuedFile, ...]


@dataclass(frozen=True)
class FileQueue:
    running: Queue
    quick: Queue
    slow: Queue
    failed: Queue
    unfetched: Queue

    @property
    def waiting(self) -> int:
        return self.quick.count + self.slow.count


def look(by: Actor) -> FileQueue:
    """All that this person may see, in the order it will be worked on."""
    with db.session() as session:
        running = _running(session)
        return FileQueue(
            running=_queue(session, by, File.id.in_(running), (File.making, File.id)),
            quick=_waiting(session, by, "quick", running),
            slow=_waiting(session, by, "slow", running),
            failed=_queue(session, by, File.making == "failed", (File.id.desc(),)),
            unfetched=_queue(session, by, File.state == "failed", (File.id.desc(),)),
        )


def try_again(file_id: int, by: Actor) -> None:
    """Prepare or fetch it again. Raises blobs.Gone, ConnectProblem, SecretsError."""
    refetching.ask_for(file_id, by)


def try_all_again(by: Actor) -> None:
    """All that failed, as far as this person may see it."""
    seen = select(File.id).where(files.may_see(by)).scalar_subquery()
    preparing_again.retry_all(File.id.in_(seen))
    refetching.ask_for_all(File.id.in_(seen))


def _running(session: Session) -> list[int]:
    """What living processes are at: a handful."""
    query = select(File.id, File.lease_owner).where(File.making.in_(preparing_order.LANES), File.lease_owner != "")
    return [row.id for row in session.execute(query) if instance.alive(row.lease_owner)]


def _waiting(session: Session, by: Actor, lane: Lane, running: Sequence[int]) -> Queue:
    ordered = (File.wanted_at.is_(None), *preparing_order.order(lane))
    return _queue(session, by, (File.making == lane) & (File.state == "ready") & File.id.not_in(running), ordered)


def _queue(session: Session, by: Actor, wanted: ColumnElement[bool], ordered: Sequence[Any]) -> Queue:
    count = session.scalar(select(func.count()).select_from(File).where(wanted, files.may_see(by))) or 0
    query = select(File, Connection.channel).join(Connection, Connection.id == File.connection_id, isouter=True)
    rows = session.execute(query.where(wanted, files.may_see(by)).order_by(*ordered).limit(SHOWN)).all()
    tickets = _tickets(session, [row[0].id for row in rows])
    return Queue(count, tuple(_row(file, channel or "", tickets.get(file.id)) for file, channel in rows))


def _tickets(session: Session, file_ids: Sequence[int]) -> dict[int | None, int | None]:
    query = select(Part.file_id, func.max(Message.ticket_id).label("ticket_id")).join(
        Message, Message.id == Part.message_id
    )
    rows = session.execute(query.where(Part.file_id.in_(file_ids)).group_by(Part.file_id))
    return {row.file_id: row.ticket_id for row in rows}


def _row(file: File, channel: str, ticket_id: int | None) -> QueuedFile:
    here = file.state == "ready"
    return QueuedFile(
        id=file.id,
        kind=file.kind,
        name=file.name,
        size=file.size,
        ticket_id=ticket_id,
        since=file.wanted_at or file.created_at,
        here=here,
        progress=file.progress,
        code=file.failure if here else file.error_code,
        channel="" if here else channel,
        anew=here and file.wanted_at is None,
        # A connection that is gone takes the way to its files along.
        again=here or file.connection_id is not None,
    )
