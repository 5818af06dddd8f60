"""How far a job over many tickets has come, and what it left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import BulkItem, BulkJob, now
from appliance.services.bulk import ACTIVE, BulkError
from appliance.values import Actor, Json

NAMED = 5
# A page that is opened anew still offers to take back what has just ended.
FRESH = timedelta(minutes=2)


@dataclass(frozen=True)
class Skipped:
    """Tickets left out for one reason; `tickets` are the first few."""

    reason: str
    number: int
    tickets: tuple[int, ...]


@dataclass(frozen=True)
class Progress:
    """state queued|running|done|undoing|undone. `changed` tickets are as the job made them, `undone` as before."""

    id: int
    action: str
    params: Json
    state: str
    total: int
    changed: int
    undone: int
    skipped: tuple[Skipped, ...]

    @property
    def active(self) -> bool:
        return self.state in ACTIVE

    @property
    def left_out(self) -> int:
        return sum(group.number for group in self.skipped)

    @property
    def settled(self) -> int:
        """For the bar: how many have had their turn."""
        if self.state == "undoing":
            return self.undone + self.left_out
        return self.changed + self.undone + self.left_out


def of(job_id: int, by: Actor) -> Progress:
    """One's own job. Raises BulkError('not_found')."""
    with db.session() as session:
        job = session.get(BulkJob, job_id)
        if job is None or job.agent_id != by.id:
            raise BulkError("not_found")
        return _progress(session, job)


def latest(by: Actor) -> Progress | None:
    """What an agent has begun and may still look at."""
    recent = or_(BulkJob.state.in_(ACTIVE), BulkJob.ended_at > now() - FRESH)
    query = select(BulkJob).where(BulkJob.agent_id == by.id, recent).order_by(BulkJob.id.desc()).limit(1)
    with db.session() as session:
        job = session.scalar(query)
        return _progress(session, job) if job else None


def _progress(session: Session, job: BulkJob) -> Progress:
    query = (
        select(BulkItem.state, func.count().label("number")).where(BulkItem.job_id == job.id).group_by(BulkItem.state)
    )
    counted: Mapping[str, int] = {row.state: row.number for row in session.execute(query)}
    return Progress(
        id=job.id,
        action=job.action,
        params=job.params,
        state=job.state,
        total=job.total,
        changed=counted.get("done", 0),
        undone=counted.get("undone", 0),
        skipped=_skipped(session, job.id),
    )


def _skipped(session: Session, job_id: int) -> tuple[Skipped, ...]:
    left_out = (BulkItem.job_id == job_id, BulkItem.state == "skipped")
    counted = select(BulkItem.reason, func.count()).where(*left_out).group_by(BulkItem.reason)
    first = select(BulkItem.ticket_id).order_by(BulkItem.ticket_id).limit(NAMED)
    return tuple(
        Skipped(reason, number, tuple(session.scalars(first.where(*left_out, BulkItem.reason == reason))))
        for reason, number in session.execute(counted.order_by(func.count().desc()))
    )
