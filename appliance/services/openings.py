"""A new ticket from the template of the connection, or of the way in by which the person came."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from appliance import feed
from appliance.models import Connection, Entrance, Message, Ticket, TicketTemplate
from appliance.services import entrances, people, spans
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
    entrance = _entrance(session, known, incoming)
    template = _template(session, connection, entrance)
    ticket = Ticket(
        subject=_subject(template.subject, incoming, known.name),
        contact_id=known.contact_id,
        connection_id=connection.id,
        address_id=known.address_id,
        template_id=template.id,
        entrance_id=entrance.id if entrance else None,
        team_id=(entrance.team_id if entrance else None) or template.team_id,
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
    _take_in(session, known.address_id, ticket.id)
    if entrance is not None:
        entrances.forget(session, known.address_id)
    came = {"entrance": entrances.label(entrance)} if entrance else {"start": known.start_payload}
    feed.append(session, "ticket_created", by=known.actor, ticket=ticket.id, after=came)
    return ticket.id


def _take_in(session: Session, address_id: int, ticket_id: int) -> None:
    """What was said before there was a ticket: the greeting."""
    session.execute(
        update(Message)
        .where(Message.address_id == address_id, Message.ticket_id.is_(None), Message.kind != "copy")
        .values(ticket_id=ticket_id)
    )


def name_later(session: Session, ticket_id: int, incoming: IncomingMessage, name: str) -> None:
    """The words of an album may stand on its last item: they name a ticket that was opened without any."""
    ticket = session.get_one(Ticket, ticket_id)
    template = session.get(TicketTemplate, ticket.template_id or 0)
    pattern = template.subject if template else "{text}"
    if ticket.subject == _subject(pattern, replace(incoming, parts=()), name):
        ticket.subject = _subject(pattern, incoming, name)


def _entrance(session: Session, known: people.Known, incoming: IncomingMessage) -> Entrance | None:
    if known.entrance_id is None or incoming.from_staff:
        return None
    return session.get(Entrance, known.entrance_id)


def _template(session: Session, connection: Connection, entrance: Entrance | None) -> TicketTemplate:
    wanted = (entrance.template_id if entrance else None) or connection.template_id
    return session.get(TicketTemplate, wanted or 0) or TicketTemplate(subject="{text}", tags=[])


def _subject(pattern: str, incoming: IncomingMessage, name: str) -> str:
    line = next((" ".join(part.text.split()) for part in incoming.parts if part.text.strip()), "")
    short = line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1].rsplit(" ", 1)[0] + "…"
    return pattern.replace("{text}", short).replace("{name}", name).strip()[:200]
