"""Tickets that have to do with each other: linked by number, split off, merged in, one after another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, delete, or_, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Arrangement, Ticket, TicketLink
from appliance.services import arrangements
from appliance.services.arrangements import ArrangeError
from appliance.services.visibility import visible_to
from appliance.values import Actor


@dataclass(frozen=True)
class Related:
    """`why`: previous, next, split_off, split_from, merged, linked. `arrangement_id`: how it can be taken back; of
    those merged in alone."""

    id: int
    why: str
    subject: str
    stage: str
    created_at: datetime
    arrangement_id: int | None = None


def add(ticket_id: int, number: int, by: Actor) -> int:
    """Link with the ticket of this number; its id. Raises ArrangeError."""
    with db.write() as session:
        ticket = arrangements.standing(session, ticket_id, by)
        other = arrangements.meant(session, number, by)
        if ticket.id == other.id:
            raise ArrangeError("same_ticket")
        if session.scalar(select(TicketLink.ticket_id).where(between(ticket.id, other.id))) is None:
            join(session, ticket.id, other.id, by)
            arrangements.tell(session, ticket.id, by, "linked", other.id)
            arrangements.tell(session, other.id, by, "linked", ticket.id)
        return other.id


def remove(ticket_id: int, other_id: int, by: Actor) -> None:
    """Raises ArrangeError."""
    with db.write() as session:
        ticket = arrangements.standing(session, ticket_id, by)
        held = session.scalar(select(TicketLink).where(between(ticket.id, other_id)))
        if held is None:
            raise ArrangeError("not_found")
        session.execute(delete(TicketLink).where(between(ticket.id, other_id)))
        arrangements.tell(session, ticket.id, by, "unlinked", other_id)
        arrangements.tell(session, other_id, by, "unlinked", ticket.id)


def related(session: Session, ticket_id: int, by: Actor) -> tuple[Related, ...]:
    """Those this actor may see, each once."""
    made: dict[int, Related] = {}
    for why, arrangement_id, ticket in _found(session, ticket_id, by):
        if ticket.id != ticket_id and ticket.id not in made:
            made[ticket.id] = Related(ticket.id, why, ticket.subject, ticket.stage, ticket.created_at, arrangement_id)
    return tuple(made.values())


def join(session: Session, one: int, other: int, by: Actor) -> None:
    session.add(row(one, other, by.id if by.kind == "agent" else None))
    session.flush()


def row(one: int, other: int, agent_id: int | None = None) -> TicketLink:
    return TicketLink(ticket_id=min(one, other), other_id=max(one, other), agent_id=agent_id)


def between(one: int, other: int) -> ColumnElement[bool]:
    return and_(TicketLink.ticket_id == min(one, other), TicketLink.other_id == max(one, other))


def numbers(session: Session, ticket_id: int) -> list[int]:
    """What it is linked with."""
    query = select(TicketLink.ticket_id, TicketLink.other_id)
    query = query.where(or_(TicketLink.ticket_id == ticket_id, TicketLink.other_id == ticket_id))
    return [one if other == ticket_id else other for one, other in session.execute(query)]


def _found(session: Session, ticket_id: int, by: Actor) -> list[tuple[str, int | None, Ticket]]:
    previous = select(Ticket.previous_id).where(Ticket.id == ticket_id).scalar_subquery()
    standing = Ticket.merged_into_id.is_(None)
    plain: tuple[tuple[str, ColumnElement[bool]], ...] = (
        ("previous", and_(Ticket.id == previous, standing)),
        ("next", and_(Ticket.previous_id == ticket_id, standing)),
        ("split_off", and_(Ticket.id.in_(_arranged(ticket_id, "from_id", "into_id")), standing)),
        ("split_from", and_(Ticket.id.in_(_arranged(ticket_id, "into_id", "from_id")), standing)),
        ("linked", and_(Ticket.id.in_(numbers(session, ticket_id)), standing)),
    )
    found: list[tuple[str, int | None, Ticket]] = [
        (why, None, ticket)
        for why, condition in plain
        for ticket in session.scalars(select(Ticket).where(condition, visible_to(by)).order_by(Ticket.id))
    ]
    return found + _merged(session, ticket_id, by)


def _merged(session: Session, ticket_id: int, by: Actor) -> list[tuple[str, int | None, Ticket]]:
    query = (
        select(Arrangement, Ticket)
        .join(Ticket, Ticket.id == Arrangement.from_id)
        .where(Arrangement.into_id == ticket_id, Arrangement.kind == "merge", Arrangement.undone_at.is_(None))
        .where(visible_to(by))
        .order_by(Ticket.id)
    )
    return [
        ("merged", made.id if arrangements.is_reversible(made) else None, ticket)
        for made, ticket in session.execute(query)
    ]


def _arranged(ticket_id: int, mine: str, other: str) -> Select[int]:
    """The other ends of what was split."""
    query = select(getattr(Arrangement, other)).where(getattr(Arrangement, mine) == ticket_id)
    return query.where(Arrangement.kind == "split", Arrangement.undone_at.is_(None))
