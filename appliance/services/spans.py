"""Stages of a ticket, changed inside the caller's transaction; services.tickets and intake both use these."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import Session

from appliance import feed
from appliance.models import Delivery, Message, Ticket, now
from appliance.values import Actor

FIRST_NUMBER = 1001


def change(session: Session, ticket: Ticket, by: Actor, cause: int | None = None, **fields: Any) -> int:
    """Set fields and append one event with what was before and after; its id, 0 when nothing changes."""
    if fields.get("assignee_id"):
        # What somebody has is offered to nobody, by whatever way it came to them.
        fields.setdefault("offered_at", None)
    before = {name: getattr(ticket, name) for name in fields}
    changed = {name: value for name, value in fields.items() if before[name] != value}
    if not changed:
        return 0
    for name, value in changed.items():
        setattr(ticket, name, value)
    if ticket.parent_id is not None:
        # The card of what it belongs to shows it.
        feed.append(session, "subtask_changed", by=by, ticket=ticket.parent_id, after={"subtask": ticket.id})
    return feed.append(
        session,
        "ticket_changed",
        by=by,
        ticket=ticket.id,
        cause=cause,
        before={name: _plain(before[name]) for name in changed},
        after={name: _plain(value) for name, value in changed.items()},
    )


def claim(session: Session, ticket: Ticket, agent_id: int, by: Actor, cause: int | None = None) -> int:
    """Give a ticket that nobody has to an agent: of all who try at the same moment one has it. The event's id; 0 when
    somebody was faster."""
    offered = ticket.offered_at
    free = update(Ticket).where(Ticket.id == ticket.id, Ticket.assignee_id.is_(None))
    given = free.values(assignee_id=agent_id, offered_at=None).execution_options(synchronize_session=False)
    won = bool(session.execute(given).rowcount)  # type: ignore[attr-defined]  # a CursorResult
    session.refresh(ticket, ["assignee_id", "offered_at"])
    if not won:
        return 0
    before: dict[str, Any] = {"assignee_id": None} | ({"offered_at": _plain(offered)} if offered else {})
    after = dict.fromkeys(before) | {"assignee_id": agent_id}
    return feed.append(session, "ticket_changed", by=by, ticket=ticket.id, cause=cause, before=before, after=after)


def reopen(session: Session, ticket: Ticket, by: Actor) -> None:
    """Done → open; whose turn it is follows from the last public message."""
    change(session, ticket, by, stage="open", outcome="", done_at=None, snoozed_until=None)
    ticket.waiting_for, ticket.waiting_since = turn(session, ticket)


def wake(session: Session, ticket: Ticket, by: Actor) -> None:
    """Snoozed → open."""
    change(session, ticket, by, stage="open", snoozed_until=None)


def answered(session: Session, ticket: Ticket, at: datetime) -> None:
    """Staff spoke to the customer: it is the customer's turn."""
    ticket.last_reply_at = at
    ticket.answered_at = ticket.answered_at or at
    if ticket.stage != "done" and ticket.waiting_for != "customer":
        ticket.waiting_for, ticket.waiting_since = "customer", at
    session.flush()


def taken_back() -> ColumnElement[bool]:
    """A condition over Message: it was taken back before it left."""
    return exists().where(Delivery.message_id == Message.id, Delivery.purpose == "send", Delivery.state == "cancelled")


def turn(session: Session, ticket: Ticket) -> tuple[str, datetime]:
    """Who is to speak next and since when, from the last public message; what was taken back was never said."""
    query = (
        select(Message.kind, Message.at)
        .where(Message.ticket_id == ticket.id, Message.kind.in_(("incoming", "reply")), ~taken_back())
        .order_by(Message.id.desc())
        .limit(1)
    )
    last = session.execute(query).first()
    if last is None:
        return "us", now()
    return ("us" if last.kind == "incoming" else "customer"), last.at


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
