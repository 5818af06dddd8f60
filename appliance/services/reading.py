"""How far an agent has read: the unread counts and the line "New messages"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.db import upsert
from appliance.models import Message, Ticket, TicketRead
from appliance.services.visibility import visible_to
from appliance.values import Actor


def unread(session: Session, by: Actor, ticket_ids: Sequence[int]) -> Mapping[int, int]:
    """Customers' messages this agent has not seen and nobody has answered, by ticket; tickets without any are left
    out."""
    query = (
        select(Message.ticket_id, func.count().label("number"))
        .join(Ticket, Ticket.id == Message.ticket_id)
        .join(
            TicketRead,
            (TicketRead.ticket_id == Message.ticket_id) & (TicketRead.agent_id == by.id),
            isouter=True,
        )
        .where(Message.ticket_id.in_(ticket_ids), Message.kind == "incoming")
        .where(Message.id > func.coalesce(TicketRead.message_id, 0), still_open())
        .group_by(Message.ticket_id)
    )
    return {record.ticket_id: record.number for record in session.execute(query)}


def still_open() -> ColumnElement[bool]:
    """A condition over Message and Ticket: it came after the last answer and after the ticket was done."""
    return and_(
        or_(Ticket.last_reply_at.is_(None), Message.stored_at > Ticket.last_reply_at),
        or_(Ticket.done_at.is_(None), Message.stored_at > Ticket.done_at),
    )


def position(session: Session, by: Actor, ticket_id: int) -> int:
    """The last message this agent has seen in a ticket; 0 = none."""
    query = select(TicketRead.message_id).where(TicketRead.ticket_id == ticket_id, TicketRead.agent_id == by.id)
    return session.scalar(query) or 0


def seen_to(session: Session, by: Actor, ticket_id: int) -> int:
    """Where the line "New messages" belongs: after what this agent has seen; for one who opens the ticket for the first
    time after the last answer, be it whose it may."""
    known = position(session, by, ticket_id)
    if known or session.scalar(select(Ticket.last_reply_at).where(Ticket.id == ticket_id)) is None:
        return known
    answers = select(Message.id).where(Message.ticket_id == ticket_id, Message.kind == "reply")
    return session.scalar(answers.order_by(Message.id.desc()).limit(1)) or 0


def mark_read(ticket_id: int, message_id: int, by: Actor) -> None:
    """Everything up to this message has been seen. Never goes back; only messages of a visible ticket count."""
    if by.kind != "agent" or by.id is None:
        return
    with db.session() as session:
        query = (
            select(func.max(Message.id))
            .join(Ticket, Ticket.id == Message.ticket_id)
            .where(Ticket.id == ticket_id, Message.id <= message_id, visible_to(by))
        )
        seen = session.scalar(query)
        if seen is None or seen <= position(session, by, ticket_id):
            return
    with db.write() as session:
        statement = upsert(TicketRead).values(ticket_id=ticket_id, agent_id=by.id, message_id=seen)
        session.execute(
            statement.on_conflict_do_update(
                index_elements=["ticket_id", "agent_id"],
                set_={"message_id": func.max(TicketRead.message_id, statement.excluded.message_id)},
            )
        )


def mark_unread(ticket_id: int, by: Actor) -> bool:
    """The customer's last message counts as unseen again; False when there is none that nobody has answered."""
    if by.kind != "agent" or by.id is None:
        return False
    of_ticket = select(Message.id).join(Ticket, Ticket.id == Message.ticket_id).where(Ticket.id == ticket_id)
    asked = of_ticket.where(Message.kind == "incoming", still_open(), visible_to(by))
    with db.write() as session:
        last = session.scalar(asked.order_by(Message.id.desc()).limit(1))
        if last is None:
            return False
        statement = upsert(TicketRead).values(ticket_id=ticket_id, agent_id=by.id, message_id=last - 1)
        session.execute(
            statement.on_conflict_do_update(
                index_elements=["ticket_id", "agent_id"], set_={"message_id": statement.excluded.message_id}
            )
        )
    return True
