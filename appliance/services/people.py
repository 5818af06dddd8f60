"""Whom a message is from: contact, identity and address, found or made inside the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import feed
from appliance.models import Address, Connection, Contact, Identity, MessageRef, Ticket, now
from appliance.values import Actor, Chat, Person

MOVED = "moved"


@dataclass(frozen=True)
class Known:
    """An address with its contact; `new` when the address was made just now."""

    address: Address
    contact: Contact
    new: bool = False

    @property
    def actor(self) -> Actor:
        return Actor("contact", self.contact.id, name=self.contact.name)


def find_contact_id(session: Session, connection: Connection, chat: Chat, person: Person) -> int | None:
    """The contact this would be, without making one."""
    query = select(Address.contact_id).where(
        Address.connection_id == connection.id, Address.external_id == chat.external_id
    )
    found = session.scalar(query)
    return found if found is not None else _by_identity(session, connection.channel, _identity_of(chat, person))


def meet(session: Session, connection: Connection, chat: Chat, person: Person, *, from_staff: bool = False) -> Known:
    """The address and contact behind a message, made if unknown, with what the channel now says of them."""
    address = session.scalar(
        select(Address).where(Address.connection_id == connection.id, Address.external_id == chat.external_id)
    )
    if address is not None:
        contact = session.get_one(Contact, address.contact_id)
        if not from_staff:
            _refresh(contact, chat, person)
        return Known(address, contact)
    return _make(session, connection, chat, person, from_staff)


def block(session: Session, address: Address, blocked: bool) -> None:
    """The person closed or reopened the way to them; shown before anyone writes."""
    if (address.blocked_at is not None) == blocked:
        return
    address.blocked_at = now() if blocked else None
    feed.append(
        session,
        "contact_changed",
        by=Actor("contact", address.contact_id),
        ticket=newest_ticket(session, address.id),
        after={"contact": address.contact_id, "blocked": blocked},
    )


def move(session: Session, address: Address, new_external_id: str) -> None:
    """The messenger gave the chat another number; references made under the old one stay valid."""
    taken = session.scalar(
        select(Address).where(Address.connection_id == address.connection_id, Address.external_id == new_external_id)
    )
    if taken is not None and taken.id != address.id:
        # The chat already wrote from its new number: the old address steps aside, the contact stays one.
        address.external_id = f"{MOVED}:{address.id}:{address.external_id}"[:128]
        return
    address.external_id = new_external_id
    feed.append(session, "contact_changed", after={"contact": address.contact_id, "moved": True})


def newest_ticket(session: Session, address_id: int) -> int | None:
    query = select(Ticket.id).where(Ticket.address_id == address_id).order_by(Ticket.id.desc()).limit(1)
    return session.scalar(query)


def reference_of(session: Session, connection_id: int, chat: str, external_id: str) -> MessageRef | None:
    """What we know of a message by its number at the messenger."""
    return session.scalar(
        select(MessageRef).where(
            MessageRef.connection_id == connection_id, MessageRef.chat == chat, MessageRef.external_id == external_id
        )
    )


def _identity_of(chat: Chat, person: Person) -> str:
    return f"chat:{chat.external_id}" if chat.kind == "group" else person.external_id


def _by_identity(session: Session, channel: str, external_id: str) -> int | None:
    query = select(Identity.contact_id).where(Identity.channel == channel, Identity.external_id == external_id)
    return session.scalar(query) if external_id else None


def _make(session: Session, connection: Connection, chat: Chat, person: Person, from_staff: bool) -> Known:
    identity = "" if from_staff else _identity_of(chat, person)
    contact_id = _by_identity(session, connection.channel, identity)
    if contact_id is None:
        contact = Contact(name=_name(chat, person, from_staff))
        if not from_staff:
            _refresh(contact, chat, person)
        session.add(contact)
        session.flush()
        if identity:
            session.add(Identity(channel=connection.channel, external_id=identity, contact_id=contact.id))
    else:
        contact = session.get_one(Contact, contact_id)
        _refresh(contact, chat, person)
    address = Address(connection_id=connection.id, external_id=chat.external_id, contact_id=contact.id, kind=chat.kind)
    session.add(address)
    session.flush()
    return Known(address, contact, new=True)


def _name(chat: Chat, person: Person, from_staff: bool) -> str:
    if chat.kind == "group" or from_staff:
        return (chat.title or chat.external_id)[:200]
    return (person.name or person.username or person.external_id)[:200]


def _refresh(contact: Contact, chat: Chat, person: Person) -> None:
    """The channel's word on name and language replaces the channel's earlier word."""
    name = _name(chat, person, from_staff=False)
    if name and contact.name != name:
        contact.name = name
    if chat.kind == "group":
        return
    if contact.username != person.username[:64]:
        contact.username = person.username[:64]
    if person.language and not contact.language:
        contact.language = person.language[:16]
    if person.phone and not contact.phone:
        contact.phone = person.phone[:32]
