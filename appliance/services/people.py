"""Whom a message is from: contact, identity and address, found or made inside the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import feed
from appliance.db import upsert
from appliance.models import Address, Connection, Contact, Identity, Ticket, now
from appliance.services import contact_templates, held, merging, statements, tags
from appliance.services.statements import AnyRow
from appliance.values import Actor, Chat, Person, Reference

WAITING, REFUSED = "waiting", "refused"
NOBODY = Person("", "")


@dataclass(frozen=True)
class Known:
    """Someone who wrote: their address and contact. `entrance_id`: the way in they came by, not yet on a ticket."""

    address_id: int
    contact_id: int
    name: str
    start_payload: str = ""
    entrance_id: int | None = None

    @property
    def actor(self) -> Actor:
        return Actor("contact", self.contact_id, name=self.name)


@dataclass(frozen=True)
class Whom:
    """A contact, and where they write from; address 0: from nowhere they have written from before."""

    contact_id: int
    address_id: int


def find_whom(session: Session, connection: Connection, chat: Chat, person: Person) -> Whom | None:
    """Whom this would be, without making one."""
    row = find(session, connection, chat)
    if row is not None:
        return Whom(row.contact_id, row.id)
    contact_id = _by_identity(session, connection.channel, _identity_of(chat, person))
    return Whom(contact_id, 0) if contact_id is not None else None


def find(session: Session, connection: Connection, chat: Chat) -> AnyRow | None:
    """What is known of an address and its contact. A group that has moved is known by its old number as well."""
    wanted = {"connection_id": connection.id, "chat": chat.external_id}
    row = session.connection().execute(statements.KNOWN, wanted).first()
    if row is not None or chat.kind != "group":
        return row
    moved = {"connection_id": connection.id, "channel": connection.channel, "identity": f"chat:{chat.external_id}"}
    return session.connection().execute(statements.KNOWN_GROUP, moved).first()


def meet(
    session: Session,
    connection: Connection,
    chat: Chat,
    person: Person,
    *,
    from_staff: bool = False,
    contact_template: int | None = None,
) -> Known:
    """The address and contact behind a message, made if unknown, with what the channel now says of them. Whoever
    writes has not blocked us (any more). A group that is new waits for the owner's yes. Somebody new begins by the
    given template, else by the connection's."""
    row = find(session, connection, chat)
    if row is None:
        begins = contact_template or connection.contact_template_id
        address, contact = _make(session, connection, chat, person, from_staff, begins)
        return Known(address.id, contact.id, contact.name)
    if not from_staff:
        if not _up_to_date(row, chat, person):
            _refresh(session.get_one(Contact, row.contact_id), chat, person)
            session.flush()
        if row.blocked_at is not None:
            block(session, session.get_one(Address, row.id), False)
            session.flush()
    return Known(row.id, row.contact_id, row.name, row.start_payload, row.entrance_id)


def block(session: Session, address: Address, blocked: bool) -> None:
    """The person closed or reopened the way to them, or we are no longer (once more) in the group; shown before
    anyone writes."""
    if (address.blocked_at is not None) == blocked:
        return
    address.blocked_at = now() if blocked else None
    group = {"group": True} if address.kind == "group" else {}
    feed.append(
        session,
        "contact_changed",
        by=Actor("contact", address.contact_id),
        ticket=newest_ticket(session, address.id),
        after={"contact": address.contact_id, "blocked": blocked, **group},
    )


def move(session: Session, address: Address, new_external_id: str) -> None:
    """The messenger gave the chat another number; references made under the old one stay valid. If the chat wrote
    from its new number before we were told, both are one again. We are where it went."""
    old = address.external_id
    if old == new_external_id:
        return
    taken = session.scalar(
        select(Address).where(Address.connection_id == address.connection_id, Address.external_id == new_external_id)
    )
    if taken is not None:
        merging.absorb(session, taken, address)
    address.external_id, address.blocked_at = new_external_id, None
    held.rename(session, address.connection_id, old, new_external_id)
    _settle(session, address)
    if address.kind == "group":
        _identify_group(session, address)
    feed.append(session, "contact_changed", after={"contact": address.contact_id, "moved": True})


def _settle(session: Session, address: Address) -> None:
    """What waited under either number goes the way the group as a whole was decided on."""
    if address.approval == "":
        held.release(session, address.connection_id, address.external_id)
    elif address.approval == REFUSED:
        held.drop(session, address.connection_id, address.external_id)


def _identify_group(session: Session, address: Address) -> None:
    channel = session.get_one(Connection, address.connection_id).channel
    identity = {"channel": channel, "external_id": f"chat:{address.external_id}", "contact_id": address.contact_id}
    session.execute(upsert(Identity).values(**identity).on_conflict_do_nothing())


def newest_ticket(session: Session, address_id: int) -> int | None:
    query = select(Ticket.id).where(Ticket.address_id == address_id, Ticket.merged_into_id.is_(None))
    return session.scalar(query.order_by(Ticket.id.desc()).limit(1))


def reference_of(session: Session, connection_id: int, reference: Reference) -> AnyRow | None:
    """What we know of a message by its number at the messenger: (id, message_id, part_id)."""
    wanted = {"connection_id": connection_id, "chat": reference.chat, "external_id": reference.message}
    return session.connection().execute(statements.REFERENCE, wanted).first()


def _up_to_date(row: AnyRow, chat: Chat, person: Person) -> bool:
    if row.name != _name(chat, person, from_staff=False) and not row.named:
        return False
    if chat.kind == "group":
        return True
    missing = (person.language and not row.language) or (person.phone and not row.phone)
    proved = person.phone and not row.phone_verified and row.phone == person.phone[:32]
    return row.username == person.username[:64] and not missing and not proved


def _identity_of(chat: Chat, person: Person) -> str:
    return f"chat:{chat.external_id}" if chat.kind == "group" else person.external_id


def _by_identity(session: Session, channel: str, external_id: str) -> int | None:
    if not external_id:
        return None
    wanted = {"channel": channel, "external_id": external_id}
    return session.connection().execute(statements.CONTACT_BY_IDENTITY, wanted).scalar()


def _make(
    session: Session, connection: Connection, chat: Chat, person: Person, from_staff: bool, template_id: int | None
) -> tuple[Address, Contact]:
    identity = "" if from_staff else _identity_of(chat, person)
    contact_id = _by_identity(session, connection.channel, identity)
    if contact_id is None:
        begins = contact_templates.beginning(session, template_id)
        contact = Contact(name=_name(chat, person, from_staff), **begins.columns)
        if not from_staff:
            _refresh(contact, chat, person)
        session.add(contact)
        session.flush()
        if identity:
            session.add(Identity(channel=connection.channel, external_id=identity, contact_id=contact.id))
        tags.put(session, "contact", contact.id, begins.tags)
    else:
        contact = session.get_one(Contact, contact_id)
        _refresh(contact, chat, person)
    address = Address(
        connection_id=connection.id,
        external_id=chat.external_id,
        contact_id=contact.id,
        kind=chat.kind,
        approval=WAITING if chat.kind == "group" else "",
    )
    session.add(address)
    session.flush()
    return address, contact


def _name(chat: Chat, person: Person, from_staff: bool) -> str:
    if chat.kind == "group" or from_staff:
        return (chat.title or chat.external_id)[:200]
    return (person.name or person.username or person.external_id)[:200]


def _refresh(contact: Contact, chat: Chat, person: Person) -> None:
    """The channel's word on name and language replaces the channel's earlier word, never that of our staff."""
    name = _name(chat, person, from_staff=False)
    if name and contact.name != name and not contact.named:
        contact.name = name
    if chat.kind == "group":
        return
    if contact.username != person.username[:64]:
        contact.username = person.username[:64]
    if person.language and not contact.language:
        contact.language = person.language[:16]
    # A person's phone is their own: the channel has proof. It never replaces what staff have written down.
    if person.phone and (not contact.phone or contact.phone == person.phone[:32]):
        contact.phone, contact.phone_verified = person.phone[:32], True
