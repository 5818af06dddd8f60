"""A customer as their card shows them: what is written down, where they are reached, whom they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Address, Connection, Contact, Entrance, Message, Part, Ticket
from appliance.services import contact_merging, contact_sight, entrances, field_values, file_views, organisations, tags
from appliance.services.channels import channels
from appliance.services.field_values import FieldValue
from appliance.services.visibility import visible_to
from appliance.values import Actor, FileView

TICKETS, FILES, NOTES = 50, 60, 50


@dataclass(frozen=True)
class AddressView:
    """`name`: what the messenger calls who is there is the contact's own; `blocked_at`: they blocked us there."""

    id: int
    channel_title: str
    connection_title: str
    kind: str
    started_at: datetime | None
    blocked_at: datetime | None
    arrived_by: str


@dataclass(frozen=True)
class Person:
    """`word`: customer or employee, as the connection has it."""

    id: int
    name: str
    username: str
    phone: str
    phone_verified: bool
    language: str
    note: str
    since: datetime
    group: bool
    barred_at: datetime | None
    barred_count: int
    organisation_id: int | None
    organisation: str
    colleagues: tuple[tuple[int, str], ...]
    tags: tuple[str, ...]
    fields: tuple[FieldValue, ...]
    addresses: tuple[AddressView, ...]


@dataclass(frozen=True)
class TicketLine:
    """One of their tickets, as a line."""

    id: int
    subject: str
    stage: str
    outcome: str
    shelf: str
    waiting_for: str
    new: bool
    created_at: datetime
    done_at: datetime | None
    merged_into_id: int | None


@dataclass(frozen=True)
class FoundFile:
    kind: str
    ticket_id: int
    at: datetime
    file: FileView


@dataclass(frozen=True)
class NoteLine:
    id: int
    ticket_id: int
    author: str
    text: str
    at: datetime


def find(contact_id: int, by: Actor) -> Person | None:
    """None when there is no such customer, or not for this actor."""
    with db.session() as session:
        contact = contact_sight.get(session, contact_id, by)
        return _person(session, contact, by) if contact else None


def tickets(contact_id: int, by: Actor, before: int | None = None, limit: int = TICKETS) -> list[TicketLine]:
    """The newest first; `before`: older than this one."""
    query = select(Ticket).where(Ticket.contact_id == contact_id, Ticket.parent_id.is_(None), visible_to(by))
    if before is not None:
        query = query.where(Ticket.id < before)
    with db.session() as session:
        found = session.scalars(query.order_by(Ticket.id.desc()).limit(limit))
        return [_line(ticket) for ticket in found]


def files(contact_id: int, by: Actor) -> list[FoundFile]:
    """What came and went with all their tickets, the newest first."""
    query = (
        select(Part.file_id, Part.kind, Message.ticket_id, Message.at)
        .join(Message, Message.id == Part.message_id)
        .join(Ticket, Ticket.id == Message.ticket_id)
        .where(Ticket.contact_id == contact_id, Part.file_id.is_not(None), Part.kind != "sticker", visible_to(by))
        .order_by(Part.id.desc())
        .limit(FILES)
    )
    with db.session() as session:
        rows: dict[int, Any] = {}
        for row in session.execute(query):
            rows.setdefault(row.file_id, row)
        views = file_views.load(session, list(rows), by)
    return [
        FoundFile(row.kind, row.ticket_id, row.at, views[number]) for number, row in rows.items() if number in views
    ]


def notes(contact_id: int, by: Actor) -> list[NoteLine]:
    """What colleagues wrote for one another in all their tickets, the newest first."""
    query = (
        select(Message)
        .join(Ticket, Ticket.id == Message.ticket_id)
        .where(Ticket.contact_id == contact_id, Message.kind == "note", visible_to(by))
        .order_by(Message.id.desc())
        .limit(NOTES)
    )
    with db.session() as session:
        return [
            NoteLine(row.id, row.ticket_id or 0, row.author_name, row.text, row.at) for row in session.scalars(query)
        ]


def count_tickets(contact_id: int, by: Actor) -> int:
    query = select(func.count()).select_from(Ticket)
    with db.session() as session:
        found = query.where(Ticket.contact_id == contact_id, Ticket.parent_id.is_(None), visible_to(by))
        return session.scalar(found) or 0


def merged_people(contact_id: int) -> list[tuple[int, str]]:
    """(arrangement, name) of cards that became part of this one, and can still be taken out of it."""
    with db.session() as session:
        return [(made, name) for made, _number, name in contact_merging.merged_into(session, contact_id)]


def _person(session: Session, contact: Contact, by: Actor) -> Person:
    addresses = _addresses(session, contact.id)
    belongs = contact.organisation_id
    return Person(
        id=contact.id,
        name=contact.name,
        username=contact.username,
        phone=contact.phone,
        phone_verified=contact.phone_verified,
        language=contact.language,
        note=contact.note,
        since=contact.created_at,
        group=any(each.kind == "group" for each in addresses),
        barred_at=contact.barred_at,
        barred_count=contact.barred_count,
        organisation_id=belongs,
        organisation=organisations.name_of(session, belongs),
        colleagues=tuple(organisations.people(session, belongs, by, contact.id)) if belongs else (),
        tags=tuple(tags.names_on(session, "contact", contact.id)),
        fields=field_values.of_contact(session, contact.id, contact.template_id),
        addresses=addresses,
    )


def _addresses(session: Session, contact_id: int) -> tuple[AddressView, ...]:
    query = (
        select(Address, Connection.title, Connection.channel, Entrance)
        .join(Connection, Connection.id == Address.connection_id)
        .join(Entrance, Entrance.id == Address.entrance_id, isouter=True)
        .where(Address.contact_id == contact_id, ~Address.external_id.startswith("moved:"))
        .order_by(Address.id)
    )
    known = channels()
    return tuple(
        AddressView(
            id=row.Address.id,
            channel_title=known[row.channel].title if row.channel in known else row.channel,
            connection_title=row.title,
            kind=row.Address.kind,
            started_at=row.Address.started_at,
            blocked_at=row.Address.blocked_at,
            arrived_by=entrances.label(row.Entrance) if row.Entrance else row.Address.start_payload,
        )
        for row in session.execute(query)
    )


def _line(ticket: Ticket) -> TicketLine:
    return TicketLine(
        ticket.id,
        ticket.subject,
        ticket.stage,
        ticket.outcome,
        ticket.shelf,
        ticket.waiting_for,
        ticket.stage == "open" and ticket.answered_at is None,
        ticket.created_at,
        ticket.done_at,
        ticket.merged_into_id,
    )
