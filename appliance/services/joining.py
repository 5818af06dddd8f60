"""Somebody known by name only opens the conversation by our invitation: their messenger's address is theirs from then
on, and the ticket goes on there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Address, Connection, Contact, Message, Ticket, now
from appliance.services import contact_carrying, contact_sight, opened, start_codes
from appliance.services.connection_list import all_connections
from appliance.services.contacts import ContactError
from appliance.values import Actor

# What a channel whose links carry nothing would drop.
_PROBE = "code"


@dataclass(frozen=True)
class Way:
    """A connection whose links can tell who opens them."""

    connection_id: int
    channel_title: str
    title: str


@dataclass(frozen=True)
class Invitation:
    """Shown once: whoever opens it until then is joined."""

    way: Way
    link: str
    until: datetime


def ways(contact_id: int) -> list[Way]:
    """Where this customer could be invited to: connections at which they have no address yet."""
    with db.session() as session:
        query = select(Address.connection_id).where(Address.contact_id == contact_id)
        reached = set(session.scalars(query))
    return [
        Way(view.id, view.channel_title, view.title)
        for view in all_connections()
        if view.health != "paused" and view.id not in reached and _PROBE in opened.link_to(view.id, _PROBE)
    ]


def invite(contact_id: int, connection_id: int, ticket_id: int | None, by: Actor) -> Invitation:
    """Raises ContactError: not_found for somebody who cannot be invited there."""
    with db.session() as session:
        contact = contact_sight.get(session, contact_id, by)
        ticket = session.get(Ticket, ticket_id) if ticket_id is not None else None
    way = next((each for each in ways(contact_id) if each.connection_id == connection_id), None)
    if contact is None or way is None or (ticket is not None and ticket.contact_id != contact.id):
        raise ContactError("not_found")
    code = start_codes.issue_join(connection_id, contact.id, ticket_id)
    return Invitation(way, opened.link_to(connection_id, code), now() + timedelta(days=start_codes.JOIN_LIFETIME.days))


def join(session: Session, contact_id: int, ticket_id: int | None, address: Address) -> None:
    """The address, and whoever the messenger says they are, become this customer's. What they had written before, as
    somebody unknown, comes along."""
    contact = session.get(Contact, contact_id)
    if contact is None:
        return
    met = session.get_one(Contact, address.contact_id)
    name, connection = met.name, session.get_one(Connection, address.connection_id)
    if met.id != contact.id:
        _take_over(session, met, contact)
        session.refresh(address)
    numbers = _go_on(session, contact, ticket_id, address)
    after = {"contact": contact.id, "joined": name, "connection": connection.title}
    told: Sequence[int | None] = numbers or [None]
    for number in told:
        feed.append(session, "contact_changed", by=Actor("contact", contact.id, name=name), ticket=number, after=after)


def _take_over(session: Session, met: Contact, contact: Contact) -> None:
    """The card of staff's making is the one that stays, with what the messenger knows put where nothing stands."""
    notes, barred = (contact.note, met.note), contact.barred_at
    contact_carrying.carry(session, met.id, contact.id)
    contact_carrying.complete(contact, met)
    # The other card is gone for good, and whoever was invited is heard.
    contact.note, contact.barred_at = "\n".join(filter(None, notes)), barred
    session.flush()
    session.execute(update(Contact).where(Contact.merged_into_id == met.id).values(merged_into_id=contact.id))
    session.execute(delete(Contact).where(Contact.id == met.id))
    session.expire_all()


def _go_on(session: Session, contact: Contact, ticket_id: int | None, address: Address) -> Sequence[int]:
    """Open tickets without a way to the customer have one now; the one of the invitation in any case."""
    query = select(Ticket).where(
        Ticket.contact_id == contact.id, Ticket.address_id.is_(None), Ticket.parent_id.is_(None)
    )
    found = [each for each in session.scalars(query) if each.id == ticket_id or each.stage != "done"]
    for ticket in found:
        ticket.address_id, ticket.connection_id = address.id, address.connection_id
    numbers = [ticket.id for ticket in found]
    loose = update(Message).where(Message.address_id == address.id, Message.ticket_id.is_(None), Message.kind != "copy")
    if numbers:
        session.execute(loose.values(ticket_id=ticket_id if ticket_id in numbers else max(numbers)))
    session.flush()
    return numbers
