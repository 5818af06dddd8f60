"""A ticket as its header and card show it: facts about the work, the person, and what was before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.models import Address, Agent, Connection, Contact, Entrance, Message, Part, Team, Ticket
from appliance.services import connections, entrances, field_values, file_views, followers, opened, tags, ticket_facts
from appliance.services.channels import channels
from appliance.services.field_values import FieldValue
from appliance.services.visibility import visible_to
from appliance.values import Actor, Capabilities, FileView

PREVIOUS = 5
FILES = 12


@dataclass(frozen=True)
class ContactView:
    id: int
    name: str
    username: str
    phone: str
    phone_verified: bool
    language: str
    note: str
    since: datetime
    word: str
    group: bool
    blocked_at: datetime | None
    arrived_by: str


@dataclass(frozen=True)
class EarlierTicket:
    id: int
    subject: str
    stage: str
    outcome: str
    shelf: str
    created_at: datetime


@dataclass(frozen=True)
class TicketView:
    """Everything of a ticket except its messages. `channel` is '' when nothing can be sent (no address).
    `invitation`: None when we may write; else the link the person has to follow first, '' when there is none."""

    id: int
    subject: str
    stage: str
    outcome: str
    shelf: str
    quiet: bool
    silenced: int
    waiting_for: str
    waiting_since: datetime | None
    snoozed_until: datetime | None
    done_at: datetime | None
    due_at: datetime | None
    created_at: datetime
    answered_at: datetime | None
    assignee_id: int | None
    assignee_name: str
    team_id: int | None
    team: str
    priority: int
    step: str
    template_id: int | None
    previous_id: int | None
    merged_into_id: int | None
    contact: ContactView
    channel: str
    channel_title: str
    connection_title: str
    trouble_code: str
    tags: tuple[str, ...]
    capabilities: Capabilities | None
    invitation: str | None = None
    offered_at: datetime | None = None

    @property
    def new(self) -> bool:
        return self.stage == "open" and self.answered_at is None


@dataclass(frozen=True)
class CardFile:
    """`kind` is that of the part it came as."""

    kind: str
    file: FileView


@dataclass(frozen=True)
class Colleague:
    id: int
    name: str


@dataclass(frozen=True)
class TicketFacts:
    """What the card lets staff fill in and choose. `steps` are the stages of the ticket's template, and the one it is
    at even if the template has it no more; `known_tags` what somebody who types a tag may mean."""

    fields: tuple[FieldValue, ...]
    steps: tuple[str, ...]
    followers: tuple[Colleague, ...]
    known_tags: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """What the card adds to the ticket."""

    earlier: tuple[EarlierTicket, ...]
    files: tuple[CardFile, ...]
    facts: TicketFacts


def find(session: Session, ticket_id: int, by: Actor) -> TicketView | None:
    """None when there is no such ticket, or not for this actor."""
    query = (
        select(Ticket, Contact, Address, Connection, Entrance, Agent.name.label("assignee"), Team.name.label("team"))
        .join(Contact, Contact.id == Ticket.contact_id)
        .join(Address, Address.id == Ticket.address_id, isouter=True)
        .join(Connection, Connection.id == Ticket.connection_id, isouter=True)
        .join(Entrance, Entrance.id == Ticket.entrance_id, isouter=True)
        .join(Agent, Agent.id == Ticket.assignee_id, isouter=True)
        .join(Team, Team.id == Ticket.team_id, isouter=True)
        .where(Ticket.id == ticket_id, visible_to(by))
    )
    record = session.execute(query).first()
    return _view(session, record, tuple(tags.names_on(session, "ticket", ticket_id))) if record else None


def card(session: Session, ticket: TicketView, by: Actor) -> Card:
    """Earlier tickets of the same person, the files of this one, and what stands on it."""
    return Card(_earlier(session, ticket, by), _files(session, ticket.id, by), _facts(session, ticket))


def _view(session: Session, record: Any, names: tuple[str, ...]) -> TicketView:
    ticket: Ticket = record.Ticket
    connection: Connection | None = record.Connection
    limits = connections.abilities(connection.id) if connection else None
    channel = channels().get(connection.channel) if connection else None
    return TicketView(
        id=ticket.id,
        subject=ticket.subject,
        stage=ticket.stage,
        outcome=ticket.outcome,
        shelf=ticket.shelf,
        quiet=ticket.quiet,
        silenced=ticket.silenced,
        waiting_for=ticket.waiting_for,
        waiting_since=ticket.waiting_since,
        snoozed_until=ticket.snoozed_until,
        done_at=ticket.done_at,
        due_at=ticket.due_at,
        created_at=ticket.created_at,
        answered_at=ticket.answered_at,
        assignee_id=ticket.assignee_id,
        assignee_name=record.assignee or "",
        team_id=ticket.team_id,
        team=record.team or "",
        priority=ticket.priority,
        step=ticket.step,
        template_id=ticket.template_id,
        previous_id=ticket.previous_id,
        merged_into_id=ticket.merged_into_id,
        contact=_contact(record),
        channel=connection.channel if connection and record.Address else "",
        channel_title=channel.title if channel else "",
        connection_title=connection.title if connection else "",
        trouble_code=connection.trouble_code if connection else "",
        tags=names,
        capabilities=limits,
        invitation=opened.invitation(session, record.Address, limits) if record.Address and limits else None,
        offered_at=ticket.offered_at if ticket.assignee_id is None else None,
    )


def _contact(record: Any) -> ContactView:
    contact: Contact = record.Contact
    address: Address | None = record.Address
    return ContactView(
        id=contact.id,
        name=contact.name,
        username=contact.username,
        phone=contact.phone,
        phone_verified=contact.phone_verified,
        language=contact.language,
        note=contact.note,
        since=contact.created_at,
        word=record.Connection.contact_word if record.Connection else "customer",
        group=bool(address and address.kind == "group"),
        blocked_at=address.blocked_at if address else None,
        arrived_by=_arrived_by(record.Entrance, address),
    )


def _arrived_by(entrance: Entrance | None, address: Address | None) -> str:
    """Place and source of the way in; else the hostile text of whatever link it was."""
    if entrance is not None:
        return entrances.label(entrance)
    return address.start_payload if address else ""


def _facts(session: Session, ticket: TicketView) -> TicketFacts:
    steps = ticket_facts.steps_of(session, ticket.template_id)
    return TicketFacts(
        fields=field_values.of_ticket(session, ticket.id, ticket.template_id),
        steps=steps if not ticket.step or ticket.step in steps else (*steps, ticket.step),
        followers=tuple(Colleague(number, name) for number, name in followers.of(session, ticket.id)),
        known_tags=tuple(name for name in tags.suggested(session) if name not in ticket.tags),
    )


def _earlier(session: Session, ticket: TicketView, by: Actor) -> tuple[EarlierTicket, ...]:
    query = (
        select(Ticket)
        .where(Ticket.contact_id == ticket.contact.id, Ticket.id != ticket.id, visible_to(by))
        .where(Ticket.parent_id.is_(None), Ticket.merged_into_id.is_(None))
        .order_by(Ticket.id.desc())
        .limit(PREVIOUS)
    )
    return tuple(
        EarlierTicket(found.id, found.subject, found.stage, found.outcome, found.shelf, found.created_at)
        for found in session.scalars(query)
    )


def _files(session: Session, ticket_id: int, by: Actor) -> tuple[CardFile, ...]:
    query = (
        select(Part.file_id, Part.kind)
        .join(Message, Message.id == Part.message_id)
        .where(Message.ticket_id == ticket_id, Part.file_id.is_not(None), Part.kind != "sticker")
        .order_by(Part.id.desc())
        .limit(FILES)
    )
    kinds = {number: kind for number, kind in session.execute(query) if number is not None}
    found = file_views.load(session, list(kinds), by)
    return tuple(CardFile(kind, found[number]) for number, kind in kinds.items() if number in found)
