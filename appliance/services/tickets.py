"""What staff press: snooze, done, reopen, shelve, restore, rename. Whose a ticket is: services.taking."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db
from appliance.language import mark
from appliance.models import Ticket, now
from appliance.services import field_values, spans
from appliance.services.subtasks import open_ones, tell_done
from appliance.services.survivors import survivor_of
from appliance.services.visibility import visible_to
from appliance.values import SYSTEM, Actor

SOLVED = "solved"
OUTCOMES: tuple[tuple[str, str], ...] = (
    (SOLVED, mark("Solved")),
    ("rejected", mark("Rejected")),
    ("no_answer", mark("No answer")),
    ("duplicate", mark("Duplicate")),
)
# Nobody is left to ask, or another ticket has it: what a template wants to know need not be there.
WITHOUT_FACTS = ("no_answer", "duplicate")


Leftovers = Literal["ask", "leave", "finish"]


class TicketError(Exception):
    """Nothing was changed. `code`: not_found, taken, no_agent, no_team, changed_since, bad_outcome, bad_time,
    fields_missing (names),
    open_subtasks (count), merged (into)."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@contextmanager
def changing(ticket_id: int, by: Actor) -> Iterator[tuple[Session, Ticket]]:
    """A ticket of the actor's own to change, in one transaction. Raises TicketError: not_found, merged."""
    with db.write() as session:
        ticket = session.scalar(select(Ticket).where(Ticket.id == ticket_id, visible_to(by)))
        if ticket is None:
            raise TicketError("not_found")
        if ticket.merged_into_id is not None:
            raise TicketError("merged", into=survivor_of(session, ticket_id))
        yield session, ticket


def finish(ticket_id: int, outcome: str, by: Actor, subtasks: Leftovers = "ask") -> None:
    """Done, with an outcome. What the template asks for has to be there first. `subtasks` that are still open are
    left so, or finished too; until somebody has said which, nothing is done (open_subtasks)."""
    with changing(ticket_id, by) as (session, ticket):
        finish_within(session, ticket, outcome, by, subtasks)


def finish_within(session: Session, ticket: Ticket, outcome: str, by: Actor, subtasks: Leftovers = "leave") -> None:
    """The same in the caller's transaction. Raises TicketError."""
    if subtasks != "leave" and ticket.stage != "done":
        _see_to_subtasks(session, ticket, by, subtasks)
    if outcome not in dict(OUTCOMES):
        raise TicketError("bad_outcome")
    if ticket.stage != "done" and outcome not in WITHOUT_FACTS:
        _check_fields(session, ticket)
    moment = now()
    changed = spans.change(session, ticket, by, stage="done", outcome=outcome, snoozed_until=None)
    if changed:
        ticket.done_at = moment
        ticket.done_by_id = by.id if by.kind == "agent" else None
        ticket.waiting_for, ticket.waiting_since = "", None
        tell_done(session, ticket, by)


def _see_to_subtasks(session: Session, ticket: Ticket, by: Actor, wanted: Leftovers) -> None:
    """Those the actor may see: what another team does for it is theirs to finish."""
    left = open_ones(session, ticket.id, by)
    if left and wanted == "ask":
        raise TicketError("open_subtasks", count=len(left))
    for subtask in left:
        finish_within(session, subtask, SOLVED, by)


def _check_fields(session: Session, ticket: Ticket) -> None:
    missing = field_values.missing(session, ticket.id, ticket.template_id)
    if missing:
        raise TicketError("fields_missing", names=missing)


def reopen(ticket_id: int, by: Actor) -> None:
    with changing(ticket_id, by) as (session, ticket):
        reopen_within(session, ticket, by)


def reopen_within(session: Session, ticket: Ticket, by: Actor) -> None:
    """The same in the caller's transaction; what is open stays so."""
    if ticket.stage == "done":
        spans.reopen(session, ticket, by)
    elif ticket.stage == "snoozed":
        spans.wake(session, ticket, by)


def snooze(ticket_id: int, until: datetime, by: Actor) -> None:
    """Out of sight until then, or until the customer writes."""
    with changing(ticket_id, by) as (session, ticket):
        snooze_within(session, ticket, until, by)


def snooze_within(session: Session, ticket: Ticket, until: datetime, by: Actor) -> None:
    """The same in the caller's transaction. Raises TicketError."""
    if until <= now():
        raise TicketError("bad_time")
    spans.change(session, ticket, by, stage="snoozed", snoozed_until=until, outcome="", done_at=None)


def rename(ticket_id: int, subject: str, by: Actor) -> None:
    with changing(ticket_id, by) as (session, ticket):
        spans.change(session, ticket, by, subject=" ".join(subject.split())[:200])


def shelve(ticket_id: int, shelf: Literal["spam", "trash"], quiet: bool, by: Actor) -> None:
    """Off the desk; the stage stays as it was. Spam is always quiet; trash is if asked."""
    with changing(ticket_id, by) as (session, ticket):
        spans.change(session, ticket, by, shelf=shelf, quiet=quiet or shelf == "spam")


def start_anew(ticket_id: int, by: Actor) -> None:
    """The person is heard again: what they write next opens a new ticket, and this one stays on its shelf."""
    _on_shelf(ticket_id, by, quiet=False)


def keep_quiet(ticket_id: int, by: Actor) -> None:
    """What they write goes into the shelved ticket from now on, and disturbs nobody."""
    _on_shelf(ticket_id, by, quiet=True)


def _on_shelf(ticket_id: int, by: Actor, *, quiet: bool) -> None:
    with changing(ticket_id, by) as (session, ticket):
        if ticket.shelf == "none":
            raise TicketError("not_shelved")
        spans.change(session, ticket, by, quiet=quiet)


def restore(ticket_id: int, by: Actor) -> None:
    """Back on the desk, with what came in meanwhile."""
    with changing(ticket_id, by) as (session, ticket):
        restore_within(session, ticket, by)


def restore_within(session: Session, ticket: Ticket, by: Actor) -> None:
    """The same in the caller's transaction."""
    if spans.change(session, ticket, by, shelf="none", quiet=False):
        ticket.silenced = 0
        if ticket.stage != "done":
            ticket.waiting_for, ticket.waiting_since = spans.turn(session, ticket)


def wake_snoozed() -> int:
    """Bring back what slept long enough; called by the worker's clock."""
    with db.write() as session:
        query = select(Ticket).where(Ticket.stage == "snoozed", Ticket.snoozed_until <= now())
        woken = list(session.scalars(query.limit(500)))
        for ticket in woken:
            spans.wake(session, ticket, SYSTEM)
        return len(woken)
