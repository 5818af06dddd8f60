"""A ticket made by one of the staff: somebody called, stood at the counter, or is to be written to first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Address, Agent, Connection, Contact, Ticket, TicketTemplate, now
from appliance.services import contact_list, contact_sight, contacts, outbox, spans, tags, templates
from appliance.services.contact_list import Wanted
from appliance.services.contacts import ContactError
from appliance.services.letters import LONGEST
from appliance.values import Actor

LONGEST_SUBJECT = 200
OFFERED = 8


class ByHandError(Exception):
    """Nothing was made. code: subject_empty, no_contact, no_agent, no_template, no_address, note_too_long; those of
    ContactError for who is new."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Request:
    """`contact_id` None: a new customer, called `name`. `address_id`: where the customer is to be written to, None =
    notes only. `assignee_id` None: whoever the template names, or nobody."""

    subject: str
    contact_id: int | None = None
    name: str = ""
    phone: str = ""
    note: str = ""
    template_id: int | None = None
    assignee_id: int | None = None
    address_id: int | None = None


@dataclass(frozen=True)
class Place:
    """Where a customer can be written to."""

    address_id: int
    title: str


def open_ticket(request: Request, by: Actor) -> int:
    """Its number. Raises ByHandError."""
    subject = contacts.one_line(request.subject)[:LONGEST_SUBJECT].strip()
    if not subject:
        raise ByHandError("subject_empty")
    if len(request.note) > LONGEST:
        raise ByHandError("note_too_long")
    with db.write() as session:
        contact = _contact(session, request, by)
        number = _make(session, request, subject, contact, by)
    if request.note.strip():
        outbox.note(number, by, request.note)
    return number


def people_like(search: str, by: Actor) -> list[contact_list.ContactRow]:
    """Customers it might be, while somebody types a name or a phone."""
    wanted = Wanted(search=search, sort="name")
    return list(contact_list.find(by, wanted, limit=OFFERED).rows) if len(search.strip()) >= 2 else []


def places_of(contact_id: int, by: Actor) -> list[Place]:
    """The newest first."""
    query = (
        select(Address.id, Connection.title, Connection.channel)
        .join(Connection, Connection.id == Address.connection_id)
        .where(Address.contact_id == contact_id, Address.approval == "", ~Address.external_id.startswith("moved:"))
        .order_by(Address.id.desc())
    )
    with db.session() as session:
        if contact_sight.get(session, contact_id, by) is None:
            return []
        return [Place(row.id, row.title) for row in session.execute(query)]


def template_names() -> Sequence[tuple[int, str]]:
    """What a ticket can start with."""
    query = select(TicketTemplate.id, TicketTemplate.name).where(TicketTemplate.retired_at.is_(None))
    with db.session() as session:
        return [(row.id, row.name) for row in session.execute(query.order_by(TicketTemplate.id))]


def _contact(session: Session, request: Request, by: Actor) -> Contact:
    if request.contact_id is not None:
        found = contact_sight.get(session, request.contact_id, by)
        if found is None:
            raise ByHandError("no_contact")
        return found
    try:
        return contacts.make_within(session, request.name, request.phone, by)
    except ContactError as error:
        raise ByHandError(error.code) from None


def _make(session: Session, request: Request, subject: str, contact: Contact, by: Actor) -> int:
    begins = templates.beginning(session, _template_id(session, request.template_id))
    columns: dict[str, Any] = dict(begins.columns)
    if request.assignee_id is not None:
        columns["assignee_id"] = _agent_id(session, request.assignee_id)
    place = _address(session, request.address_id, contact.id)
    ticket = Ticket(
        **columns,
        subject=subject,
        contact_id=contact.id,
        connection_id=place.connection_id if place else None,
        address_id=place.id if place else None,
        started_by="staff",
        waiting_since=now(),
    )
    if session.scalar(select(func.max(Ticket.id))) is None:
        ticket.id = spans.FIRST_NUMBER
    session.add(ticket)
    session.flush()
    tags.put(session, "ticket", ticket.id, begins.tags)
    told: dict[str, Any] = {"by_hand": True}
    if ticket.assignee_id is not None:
        told["assignee_id"] = ticket.assignee_id
    told |= begins.given(ticket.team_id, None if request.assignee_id is not None else ticket.assignee_id)
    feed.append(session, "ticket_created", by=by, ticket=ticket.id, after=told)
    return ticket.id


def _template_id(session: Session, wanted: int | None) -> int | None:
    if wanted is None:
        return templates.default_id(session)
    found = session.get(TicketTemplate, wanted)
    if found is None or found.retired_at is not None:
        raise ByHandError("no_template")
    return found.id


def _agent_id(session: Session, wanted: int) -> int:
    agent = session.get(Agent, wanted)
    if agent is None or not agent.active:
        raise ByHandError("no_agent")
    return agent.id


def _address(session: Session, wanted: int | None, contact_id: int) -> Address | None:
    if wanted is None:
        return None
    place = session.get(Address, wanted)
    if place is None or place.contact_id != contact_id:
        raise ByHandError("no_address")
    return place
