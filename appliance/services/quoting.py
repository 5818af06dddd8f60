"""A message is laid before a colleague: a note with its words and its files. Files are the same ones, not copies."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import feed
from appliance.models import Agent, Message, Part, Ticket
from appliance.services import stored_parts
from appliance.services.arrangements import ArrangeError
from appliance.services.visibility import visible_to
from appliance.values import Actor

# A live location goes on moving where it was sent; what is quoted is where it was.
_MOVING = frozenset({"live", "period", "heading"})


def source(session: Session, ticket: Ticket, message_id: int | None, by: Actor) -> Message | None:
    """The message that is meant: of this ticket, or of another of the same person that the actor may see. Raises
    ArrangeError."""
    if message_id is None:
        return None
    query = select(Message).join(Ticket, Ticket.id == Message.ticket_id)
    found = session.scalar(
        query.where(Message.id == message_id, Ticket.contact_id == ticket.contact_id, visible_to(by))
    )
    if found is None:
        raise ArrangeError("not_found")
    return found


def quote(session: Session, ticket: Ticket, said: Message, by: Actor) -> None:
    """The ticket's note that quotes it."""
    note = Message(
        ticket_id=ticket.id,
        kind="note",
        agent_id=by.id if by.kind == "agent" else None,
        author_name=by.name[:200],
        text=said.text,
        forwarded_from=_author(session, said),
    )
    session.add(note)
    session.flush()
    for row in stored_parts.of_message(session, said.id):
        data = {name: value for name, value in row.data.items() if name not in _MOVING}
        copy = Part(message_id=note.id, position=row.position, kind=row.kind, text=row.text, data=data)
        copy.file_id, copy.entities = row.file_id, list(row.entities)
        session.add(copy)
    ticket.last_message_id, ticket.last_message_at = note.id, note.at
    session.flush()
    feed.append(session, "message_sent", by=by, ticket=ticket.id, message=note.id, after={"kind": "note"})


def _author(session: Session, said: Message) -> str:
    agent = session.get(Agent, said.agent_id) if said.agent_id is not None else None
    return ((agent.name if agent else said.author_name) or "?")[:200]
