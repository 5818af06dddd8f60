"""A new ticket from the connection's template."""

from __future__ import annotations

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from appliance import feed
from appliance.models import Connection, Message, Ticket, TicketTemplate
from appliance.services import people, spans
from appliance.values import IncomingMessage

SUBJECT_LENGTH = 80


def open_ticket(
    session: Session,
    known: people.Known,
    incoming: IncomingMessage,
    connection: Connection,
    previous_id: int | None,
    quiet: bool = False,
) -> int:
    """Its number. A greeting that came before any ticket joins the first one. A quiet one is put on the spam shelf,
    where it disturbs nobody and can be restored."""
    template = session.get(TicketTemplate, connection.template_id or 0) or TicketTemplate(subject="{text}", tags=[])
    ticket = Ticket(
        subject=_subject(template.subject, incoming, known.name),
        contact_id=known.contact_id,
        connection_id=connection.id,
        address_id=known.address_id,
        template_id=template.id,
        team_id=template.team_id,
        assignee_id=template.assignee_id,
        priority=template.priority or 0,
        previous_id=previous_id,
        shelf="spam" if quiet else "none",
        quiet=quiet,
        waiting_since=incoming.at,
        started_by="staff" if incoming.from_staff else "contact",
        last_message_at=incoming.at,
    )
    if session.scalar(select(func.max(Ticket.id))) is None:
        ticket.id = spans.FIRST_NUMBER
    session.add(ticket)
    session.flush()
    spans.tag(session, ticket.id, list(template.tags))
    session.execute(
        update(Message)
        .where(Message.address_id == known.address_id, Message.ticket_id.is_(None))
        .values(ticket_id=ticket.id)
    )
    feed.append(session, "ticket_created", by=known.actor, ticket=ticket.id, after={"start": known.start_payload})
    return ticket.id


def _subject(pattern: str, incoming: IncomingMessage, name: str) -> str:
    line = next((" ".join(part.text.split()) for part in incoming.parts if part.text.strip()), "")
    short = line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1].rsplit(" ", 1)[0] + "…"
    return pattern.replace("{text}", short).replace("{name}", name).strip()[:200]
