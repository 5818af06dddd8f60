"""Subtasks: a ticket inside a ticket, for a colleague. It has no address, so nothing in it can reach the customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Agent, Contact, Message, Ticket, now
from appliance.services import arrangements, quoting, spans
from appliance.services.arrangements import ArrangeError
from appliance.services.visibility import visible_to
from appliance.values import Actor

LONGEST = 200


@dataclass(frozen=True)
class Wanted:
    """`message_id`: the message it is about, which its first note quotes."""

    what: str
    assignee_id: int | None = None
    due_at: datetime | None = None
    message_id: int | None = None


@dataclass(frozen=True)
class Subtask:
    """A line of the card."""

    id: int
    subject: str
    done: bool
    assignee_id: int | None
    assignee_name: str
    due_at: datetime | None

    @property
    def overdue(self) -> bool:
        return not self.done and self.due_at is not None and self.due_at < now()


@dataclass(frozen=True)
class Parent:
    """What a subtask belongs to, and the message it came from."""

    id: int
    subject: str
    contact_name: str
    message_id: int | None


def make(parent_id: int, wanted: Wanted, by: Actor) -> int:
    """Its number. Raises ArrangeError."""
    subject = " ".join(wanted.what.split())[:LONGEST]
    if not subject:
        raise ArrangeError("empty")
    with db.write() as session:
        parent = arrangements.standing(session, parent_id, by)
        if parent.parent_id is not None:
            raise ArrangeError("is_subtask")
        source = quoting.source(session, parent, wanted.message_id, by)
        made = _open(session, parent, subject, wanted, source)
        feed.append(session, "ticket_created", by=by, ticket=made.id, after={"parent": parent.id})
        arrangements.tell(session, parent.id, by, "subtask", made.id)
        if source is not None:
            quoting.quote(session, made, source, by)
        _assign(session, made, wanted.assignee_id, by)
        return made.id


def listed(ticket_id: int, by: Actor) -> tuple[Subtask, ...]:
    with db.session() as session:
        return of_ticket(session, ticket_id, by)


def of_ticket(session: Session, ticket_id: int, by: Actor) -> tuple[Subtask, ...]:
    """Those this actor may see; what is still to be done first."""
    query = (
        select(Ticket, Agent.name)
        .join(Agent, Agent.id == Ticket.assignee_id, isouter=True)
        .where(Ticket.parent_id == ticket_id, Ticket.shelf == "none", visible_to(by))
        .order_by(Ticket.stage == "done", Ticket.id)
    )
    return tuple(
        Subtask(ticket.id, ticket.subject, ticket.stage == "done", ticket.assignee_id, name or "", ticket.due_at)
        for ticket, name in session.execute(query)
    )


def open_ones(session: Session, ticket_id: int, by: Actor) -> list[Ticket]:
    """What is still to be done in a ticket."""
    query = select(Ticket).where(Ticket.parent_id == ticket_id, Ticket.stage != "done", Ticket.shelf == "none")
    return list(session.scalars(query.where(visible_to(by)).order_by(Ticket.id)))


def parent_of(session: Session, ticket_id: int, by: Actor) -> Parent | None:
    """None for a ticket that is no subtask, or whose parent is not for this actor."""
    child = session.get(Ticket, ticket_id)
    if child is None or child.parent_id is None:
        return None
    query = select(Ticket.id, Ticket.subject, Contact.name).join(Contact, Contact.id == Ticket.contact_id)
    found = session.execute(query.where(Ticket.id == child.parent_id, visible_to(by))).first()
    return Parent(found[0], found[1], found[2], child.source_message_id) if found else None


def tell_done(session: Session, ticket: Ticket, by: Actor) -> None:
    """A line in the parent's timeline, with the last note, for whoever coordinates."""
    if ticket.parent_id is None:
        return
    after = {
        "subtask": ticket.id,
        "subject": ticket.subject,
        "outcome": ticket.outcome,
        "note": _last_note(session, ticket.id),
    }
    feed.append(session, "subtask_done", by=by, ticket=ticket.parent_id, after=after)


def _open(session: Session, parent: Ticket, subject: str, wanted: Wanted, source: Message | None) -> Ticket:
    """Its team is the parent's: nobody sees more of the customer by it than before, but who is asked to do it."""
    made = Ticket(
        subject=subject,
        contact_id=parent.contact_id,
        connection_id=parent.connection_id,
        address_id=None,
        parent_id=parent.id,
        source_message_id=source.id if source else None,
        team_id=parent.team_id,
        due_at=wanted.due_at,
        waiting_since=now(),
        started_by="staff",
    )
    session.add(made)
    session.flush()
    return made


def _assign(session: Session, made: Ticket, agent_id: int | None, by: Actor) -> None:
    if agent_id is None:
        return
    agent = session.get(Agent, agent_id)
    if agent is None or not agent.active:
        raise ArrangeError("no_agent")
    spans.change(session, made, by, assignee_id=agent_id)


def _last_note(session: Session, ticket_id: int) -> int | None:
    """The last words of a colleague; not those the subtask began with."""
    query = select(func.max(Message.id)).where(Message.ticket_id == ticket_id, Message.kind == "note")
    return session.scalar(query.where(Message.forwarded_from == ""))
