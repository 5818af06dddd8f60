"""A new ticket from the template of the connection, or of the way in by which the person came."""

from __future__ import annotations

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from appliance import feed
from appliance.models import Connection, Entrance, Message, Ticket
from appliance.services import entrances, people, spans, tags, templates
from appliance.services.templates import Beginning
from appliance.values import IncomingMessage


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
    begins = templates.beginning(session, (entrance.template_id if entrance else None) or connection.template_id)
    # A way in has the last word on the team.
    columns = {**begins.columns, "team_id": (entrance.team_id if entrance else None) or begins.team_id}
    ticket = Ticket(
        **columns,
        subject=begins.title(_words(incoming), known.name, entrance.place if entrance else ""),
        contact_id=known.contact_id,
        connection_id=connection.id,
        address_id=known.address_id,
        entrance_id=entrance.id if entrance else None,
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
    if begins.tags:
        tags.put(session, "ticket", ticket.id, begins.tags)
    _take_in(session, known.address_id, ticket.id)
    if entrance is not None:
        entrances.forget(session, known.address_id)
    _tell(session, known, ticket, begins, entrance)
    return ticket.id


def _tell(session: Session, known: people.Known, ticket: Ticket, begins: Beginning, entrance: Entrance | None) -> None:
    told: dict[str, object] = {"entrance": entrances.label(entrance)} if entrance else {"start": known.start_payload}
    if ticket.assignee_id is not None:
        told["assignee_id"] = ticket.assignee_id
    told |= begins.given(None if entrance and entrance.team_id else ticket.team_id, ticket.assignee_id)
    feed.append(session, "ticket_created", by=known.actor, ticket=ticket.id, after=told)


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
    begins = templates.beginning(session, ticket.template_id)
    entrance = session.get(Entrance, ticket.entrance_id or 0)
    place = entrance.place if entrance else ""
    if ticket.subject == begins.title("", name, place):
        ticket.subject = begins.title(_words(incoming), name, place)


def _entrance(session: Session, known: people.Known, incoming: IncomingMessage) -> Entrance | None:
    if known.entrance_id is None or incoming.from_staff:
        return None
    return session.get(Entrance, known.entrance_id)


def _words(incoming: IncomingMessage) -> str:
    return next((part.text for part in incoming.parts if part.text.strip()), "")
