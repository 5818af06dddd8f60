"""What lists show of a ticket, worked out anew from the messages it has after some came or went."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from appliance.models import Message, Ticket
from appliance.services import spans


def recount(session: Session, ticket: Ticket) -> None:
    """Its last message, its answers, and whose turn it is."""
    session.flush()
    of_ticket = select(Message.id, Message.at).where(Message.ticket_id == ticket.id)
    last = session.execute(of_ticket.order_by(Message.id.desc()).limit(1)).first()
    ticket.last_message_id, ticket.last_message_at = (last.id, last.at) if last else (None, ticket.created_at)
    answered = select(func.min(Message.at), func.max(Message.at), func.max(Message.id))
    replies = answered.where(Message.ticket_id == ticket.id, Message.kind == "reply", ~spans.taken_back())
    ticket.answered_at, ticket.last_reply_at, last_reply = session.execute(replies).one()
    ticket.waiting_for, ticket.waiting_since = _turn(session, ticket, last_reply or 0)
    session.flush()


def _turn(session: Session, ticket: Ticket, last_reply: int) -> tuple[str, datetime | None]:
    """As services.spans.turn; since the first word that nobody has answered."""
    if ticket.stage == "done" or ticket.merged_into_id is not None:
        return "", None
    query = select(func.min(Message.at)).where(Message.ticket_id == ticket.id, Message.kind == "incoming")
    unanswered = session.scalar(query.where(Message.id > last_reply))
    if unanswered is None and last_reply:
        return "customer", ticket.last_reply_at
    return "us", unanswered or ticket.created_at
