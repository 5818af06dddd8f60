"""What a line of the timeline about an arrangement offers: to open the other ticket, to take it back, to answer the
customer with what a subtask has found out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Arrangement, Message, Ticket
from appliance.services import arrangements, links, subtasks
from appliance.services.links import Related
from appliance.services.subtasks import Subtask
from appliance.services.visibility import visible_to
from appliance.values import Actor, Json

KINDS = ("tickets_arranged", "subtask_done")
MOST = 50


@dataclass(frozen=True)
class LineOffer:
    """`ticket_id`: the other ticket, if it is for this reader; `undo_id`: the arrangement that can be taken back;
    `words`: the last note of a finished subtask."""

    ticket_id: int | None = None
    undo_id: int | None = None
    words: str = ""


@dataclass(frozen=True)
class Family:
    """What the card shows of a ticket's relations."""

    subtasks: tuple[Subtask, ...]
    related: tuple[Related, ...]
    is_subtask: bool


@dataclass(frozen=True)
class Target:
    """A ticket that messages can be moved to, or that can be merged."""

    id: int
    subject: str
    stage: str
    outcome: str
    assignee_id: int | None
    previous: bool = False


def offer(after: Json, by: Actor) -> LineOffer:
    """For what the event's `after` tells."""
    with db.session() as session:
        other = session.scalar(_visible(int(after.get("other") or after.get("subtask") or 0), by))
        if other is None:
            return LineOffer()
        return LineOffer(other, _undo(session, int(after.get("arrangement") or 0)), _words(session, after))


def family(ticket_id: int, by: Actor) -> Family:
    with db.session() as session:
        ticket = session.get(Ticket, ticket_id)
        return Family(
            subtasks.of_ticket(session, ticket_id, by),
            links.related(session, ticket_id, by),
            ticket is not None and ticket.parent_id is not None,
        )


def targets(ticket_id: int, by: Actor, most: int = MOST) -> Sequence[Target]:
    """The other tickets of the same chat: open ones first, then the newest. Raises ArrangeError."""
    with db.session() as session:
        ticket = arrangements.standing(session, ticket_id, by)
        if ticket.parent_id is not None:
            return ()
        query = (
            select(Ticket)
            .where(Ticket.contact_id == ticket.contact_id, Ticket.id != ticket.id, visible_to(by))
            .where(Ticket.parent_id.is_(None), Ticket.merged_into_id.is_(None), Ticket.shelf == "none")
            .order_by(Ticket.stage == "done", Ticket.id.desc())
        )
        if ticket.address_id is not None:
            query = query.where((Ticket.address_id == ticket.address_id) | Ticket.address_id.is_(None))
        return [_target(found, ticket) for found in session.scalars(query.limit(most))]


def _target(found: Ticket, ticket: Ticket) -> Target:
    previous = found.id == ticket.previous_id
    return Target(found.id, found.subject, found.stage, found.outcome, found.assignee_id, previous)


def _visible(ticket_id: int, by: Actor) -> Select[int]:
    return select(Ticket.id).where(Ticket.id == ticket_id, visible_to(by))


def _undo(session: Session, arrangement_id: int) -> int | None:
    made = session.get(Arrangement, arrangement_id) if arrangement_id else None
    return made.id if made is not None and arrangements.is_reversible(made) else None


def _words(session: Session, after: Json) -> str:
    note = session.get(Message, int(after.get("note") or 0))
    return note.text if note is not None and note.ticket_id == after.get("subtask") else ""
