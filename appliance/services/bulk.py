"""One thing done to many tickets: one job with one progress and one undo.

The rows are the truth: an item's state changes in the transaction that changes its ticket, so that a job that was
killed goes on where it stood, and two workers at one job do nothing twice.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import delete, func, insert, literal, select
from sqlalchemy.orm import Session, aliased

from appliance import db, queue
from appliance.models import Agent, BulkItem, BulkJob, Ticket, now, table_of
from appliance.services import agents, bulk_actions, selecting
from appliance.services.filters import Filters
from appliance.services.tickets import TicketError
from appliance.services.visibility import visible_to
from appliance.values import Actor, Json

log = logging.getLogger("appliance.bulk")
BATCH = 100
# Between two batches whoever waits to write gets their turn.
PAUSE_SECONDS = 0.05
KEPT = timedelta(days=30)
ACTIVE = ("queued", "running", "undoing")

_at_work: set[int] = set()
_lock = threading.Lock()


class BulkError(Exception):
    """Nothing was begun. code: not_found, no_tickets, too_late."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def start(by: Actor, action: str, params: Json, chosen: Sequence[int] | Filters) -> int:
    """The new job's id. `chosen`: tickets by number, or all that a list holds at this moment. What the actor may not
    see is left out; every right is checked again when a ticket's turn comes. Raises BulkError."""
    conditions = _conditions(by, chosen)
    with db.write() as session:
        job = BulkJob(agent_id=by.id, action=action, params=dict(params))
        session.add(job)
        session.flush()
        job.total = _add_items(session, job.id, conditions)
        if not job.total:
            raise BulkError("no_tickets")
        made = job.id
    queue.wake("bulk", made)
    return made


def with_open_subtasks(by: Actor, chosen: Sequence[int] | Filters) -> int:
    """How many of the chosen are not done yet and have subtasks that are not either."""
    subtask = aliased(Ticket)
    parents = select(subtask.parent_id).where(subtask.stage != "done", subtask.shelf == "none")
    query = select(func.count()).select_from(Ticket).where(*_conditions(by, chosen))
    with db.session() as session:
        return session.scalar(query.where(Ticket.stage != "done", Ticket.id.in_(parents))) or 0


def undo(job_id: int, by: Actor) -> None:
    """Put back what the job has changed; one that still runs stops. Raises BulkError."""
    with db.write() as session:
        job = session.get(BulkJob, job_id)
        if job is None or job.agent_id != by.id:
            raise BulkError("not_found")
        if job.state not in ("queued", "running", "done"):
            raise BulkError("too_late")
        job.state, job.ended_at = "undoing", None
    queue.wake("bulk", job_id)


def run(job_id: int) -> None:
    """Work through a job, or take it back. Called again after a kill it goes on; one that is at it already is left
    alone."""
    with _claimed(job_id) as mine:
        while mine and _do_batch(job_id):
            time.sleep(PAUSE_SECONDS)


def unfinished() -> list[int]:
    """Jobs that somebody has to go on with."""
    with db.session() as session:
        found = session.scalars(select(BulkJob.id).where(BulkJob.state.in_(ACTIVE)).order_by(BulkJob.id)).all()
    return [job_id for job_id in found if job_id not in _at_work]


def prune() -> None:
    """Forget what nobody takes back any more."""
    with db.write() as session:
        session.execute(delete(BulkJob).where(BulkJob.ended_at < now() - KEPT))


def _conditions(by: Actor, chosen: Sequence[int] | Filters) -> Sequence[selecting.Condition]:
    if isinstance(chosen, Filters):
        return selecting.conditions(by, chosen)
    return visible_to(by), Ticket.id.in_(chosen)


@contextmanager
def _claimed(job_id: int) -> Iterator[bool]:
    with _lock:
        mine = job_id not in _at_work
        _at_work.add(job_id)
    try:
        yield mine
    finally:
        if mine:
            _at_work.discard(job_id)


def _add_items(session: Session, job_id: int, conditions: Sequence[selecting.Condition]) -> int:
    found = select(literal(job_id), Ticket.id, literal("waiting"), literal({}, BulkItem.before.type), literal(""))
    columns = ["job_id", "ticket_id", "state", "before", "reason"]
    session.execute(insert(table_of(BulkItem)).from_select(columns, found.where(*conditions)))
    return session.query(BulkItem).filter_by(job_id=job_id).count()


def _do_batch(job_id: int) -> bool:
    """Whether there is more."""
    with db.write() as session:
        job = session.get(BulkJob, job_id)
        if job is None or job.state not in ACTIVE:
            return False
        undoing = job.state == "undoing"
        items = _next(session, job_id, "done" if undoing else "waiting")
        by = _actor(session, job.agent_id)
        for item in items:
            _settle(session, job, item, by, _take_back if undoing else _apply)
        ended = len(items) < BATCH
        job.state = _state(undoing, ended)
        job.ended_at = now() if ended else None
        return not ended


def _actor(session: Session, agent_id: int | None) -> Actor | None:
    """With the rights they have by now; None for somebody who has left."""
    agent = session.get(Agent, agent_id) if agent_id else None
    return agents.view(agent).actor if agent and agent.active else None


def _next(session: Session, job_id: int, state: str) -> Sequence[BulkItem]:
    query = select(BulkItem).where(BulkItem.job_id == job_id, BulkItem.state == state)
    return session.scalars(query.order_by(BulkItem.ticket_id).limit(BATCH)).all()


def _state(undoing: bool, ended: bool) -> str:
    if undoing:
        return "undone" if ended else "undoing"
    return "done" if ended else "running"


_Turn = Callable[[Session, BulkJob, BulkItem, Ticket, Actor], None]


def _settle(session: Session, job: BulkJob, item: BulkItem, by: Actor | None, turn: _Turn) -> None:
    """One ticket: done, or skipped with its reason; what fails there is no matter of the others."""
    try:
        with session.begin_nested():
            if by is None:
                raise TicketError("not_allowed")
            ticket = session.scalar(select(Ticket).where(Ticket.id == item.ticket_id, visible_to(by)))
            if ticket is None:
                raise TicketError("not_found")
            if ticket.merged_into_id is not None:
                raise TicketError("merged")
            turn(session, job, item, ticket, by)
    except TicketError as error:
        item.state, item.reason = "skipped", error.code[:24]
    except Exception:
        log.exception("job %s failed at ticket %s", job.id, item.ticket_id)
        item.state, item.reason = "skipped", "failed"


def _apply(session: Session, job: BulkJob, item: BulkItem, ticket: Ticket, by: Actor) -> None:
    item.before = bulk_actions.apply(session, ticket, job.action, job.params, by)
    item.state = "done"


def _take_back(session: Session, job: BulkJob, item: BulkItem, ticket: Ticket, by: Actor) -> None:
    bulk_actions.take_back(session, ticket, item.before, by)
    item.state = "undone"
