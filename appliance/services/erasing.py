"""Everything of one customer, erased because they asked for it; the log keeps that it was done, and nothing of them.

Plugins are asked first, and one that fails stops it before anything is gone. Backups that were made before still hold
the person until they are replaced: the page says so.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import (
    Address,
    Arrangement,
    Connection,
    Contact,
    Event,
    Identity,
    InboundUpdate,
    Message,
    Reaction,
    Ticket,
)
from appliance.plugins import plugins
from appliance.services import contact_sight, deleting, reclaiming
from appliance.services.contacts import ContactError
from appliance.services.deleting import SETTLED_SECONDS, portions
from appliance.values import Actor, Json

# Kinds of events that speak of a customer without a ticket.
_SPEAKS = ("contact_changed", "contact_started", "contacts_joined", "code_spent", "contact_exported")
_PEOPLE = ("contact", "gone")
_MOVED = "moved:"


@dataclass(frozen=True)
class _Traces:
    """Where somebody is found: their rows, their numbers at messengers, and groups they spoke in."""

    contacts: tuple[int, ...]
    addresses: tuple[int, ...]
    tickets: tuple[int, ...]
    messages: tuple[int, ...]
    chats: tuple[tuple[int, str], ...]
    identities: tuple[tuple[str, str], ...]
    groups: tuple[tuple[int, str], ...]


def erase(contact_id: int, typed: str, by: Actor) -> None:
    """`typed` is the person's name, for whoever meant another one. Raises ContactError: not_found, not_allowed,
    not_confirmed; and whatever a plugin raises: then nothing was erased."""
    if by.kind == "agent" and by.role != "owner":
        raise ContactError("not_allowed")
    with db.session() as session:
        contact = contact_sight.get(session, contact_id, by)
        if contact is None:
            raise ContactError("not_found")
        if " ".join(typed.split()) != " ".join(contact.name.split()):
            raise ContactError("not_confirmed")
        traces = _trace(session, contact.id)
    plugins().demand("erase_contact", contact_id=contact.id, ticket_ids=traces.tickets)
    with db.write() as session:
        # What came while the plugins were asked goes, too.
        names = _erase(session, _trace(session, contact.id))
        feed.append(session, "contact_erased", by=by, after={"contact": contact.id})
    reclaiming.reclaim(names, SETTLED_SECONDS)


def _trace(session: Session, contact_id: int) -> _Traces:
    contacts = _merged(session, contact_id)
    places = list(session.scalars(select(Address).where(Address.contact_id.in_(contacts))))
    known = session.execute(select(Identity.channel, Identity.external_id).where(Identity.contact_id.in_(contacts)))
    identities = tuple((row.channel, row.external_id) for row in known)
    tickets = session.scalars(select(Ticket.id).where(Ticket.contact_id.in_(contacts)))
    spoken = _spoken_in_groups(session, identities)
    return _Traces(
        contacts=contacts,
        addresses=tuple(place.id for place in places),
        tickets=tuple(deleting.family(session, set(tickets))),
        messages=_at(session, [place.id for place in places]) + tuple(number for number, _group in spoken),
        chats=tuple((place.connection_id, _chat(place)) for place in places),
        identities=identities,
        groups=tuple({group for _number, group in spoken}),
    )


def _merged(session: Session, contact_id: int) -> tuple[int, ...]:
    """The same person under all the cards they ever had."""
    known: set[int] = set()
    new = {contact_id}
    while new:
        known |= new
        new = set(session.scalars(select(Contact.id).where(Contact.merged_into_id.in_(new)))) - known
    return tuple(sorted(known))


def _at(session: Session, addresses: Sequence[int]) -> tuple[int, ...]:
    """Messages that went to or came from there, on whatever ticket."""
    return tuple(session.scalars(select(Message.id).where(Message.address_id.in_(addresses))))


def _spoken_in_groups(session: Session, identities: Collection[tuple[str, str]]) -> list[tuple[int, tuple[int, str]]]:
    """(message, its group's connection and chat) of what they said where others speak, too."""
    found: list[tuple[int, tuple[int, str]]] = []
    for channel, external_id in identities:
        query = (
            select(Message.id, Address.connection_id, Address.external_id)
            .join(Address, Address.id == Message.address_id)
            .join(Connection, Connection.id == Address.connection_id)
            .where(Address.kind == "group", Connection.channel == channel)
            .where(Message.author_external_id == external_id)
        )
        found += [(row.id, (row.connection_id, row.external_id)) for row in session.execute(query)]
    return found


def _chat(place: Address) -> str:
    """What the messenger called it; one that has stepped aside has it behind its mark."""
    return place.external_id.split(":", 2)[2] if place.external_id.startswith(_MOVED) else place.external_id


def _erase(session: Session, traces: _Traces) -> set[str]:
    """In the caller's transaction; the names of bytes that may be nobody's now."""
    elsewhere = _elsewhere(session, traces)
    for ticket_id in elsewhere:
        _unname(session, ticket_id, traces)
    names = deleting.remove_messages(session, traces.messages)
    names |= deleting.remove_tickets(session, traces.tickets)
    for ticket_id in elsewhere:
        _mend(session, ticket_id)
    _forget_updates(session, traces)
    _forget_events(session, traces)
    people = Arrangement.kind == "contacts"
    named = or_(Arrangement.from_id.in_(traces.contacts), Arrangement.into_id.in_(traces.contacts))
    session.execute(delete(Arrangement).where(people, named))
    for _channel, external_id in traces.identities:
        session.execute(delete(Reaction).where(Reaction.author == external_id))
    session.execute(delete(Address).where(Address.id.in_(traces.addresses)))
    session.execute(delete(Contact).where(Contact.id.in_(traces.contacts)))
    return names


def _elsewhere(session: Session, traces: _Traces) -> set[int]:
    """Tickets that stay, and lose messages."""
    found: set[int] = set()
    for some in portions(traces.messages):
        query = select(Message.ticket_id).where(Message.id.in_(some), Message.ticket_id.is_not(None))
        found.update(number for number in session.scalars(query) if number is not None)
    return found - set(traces.tickets)


def _unname(session: Session, ticket_id: int, traces: _Traces) -> None:
    """A ticket of others' that was called after their words."""
    ticket = session.get_one(Ticket, ticket_id)
    called = " ".join(ticket.subject.rstrip("…").split())
    for some in portions(traces.messages):
        said = session.scalars(select(Message.text).where(Message.id.in_(some), Message.ticket_id == ticket_id))
        if called and any(called in " ".join(words.split()) for words in said):
            ticket.subject = ""
            session.flush()
            return


def _mend(session: Session, ticket_id: int) -> None:
    last = session.scalar(select(func.max(Message.id)).where(Message.ticket_id == ticket_id))
    session.execute(update(Ticket).where(Ticket.id == ticket_id).values(last_message_id=last))
    feed.append(session, "ticket_changed", ticket=ticket_id, after={"messages": True})


def _forget_updates(session: Session, traces: _Traces) -> None:
    """All that the messenger sent of them, word for word."""
    rows = InboundUpdate
    for connection_id, chat in traces.chats:
        session.execute(delete(rows).where(rows.connection_id == connection_id, rows.chat_key == chat[:160]))
    ids = [external_id.encode() for _channel, external_id in traces.identities if external_id]
    for connection_id, chat in traces.groups:
        query = select(rows.id, rows.raw).where(rows.connection_id == connection_id, rows.chat_key == chat[:160])
        theirs = [row.id for row in session.execute(query) if any(number in row.raw for number in ids)]
        for some in portions(theirs):
            session.execute(delete(rows).where(rows.id.in_(some)))


def _forget_events(session: Session, traces: _Traces) -> None:
    spoke = Event.actor_kind == "contact"
    session.execute(delete(Event).where(spoke, Event.actor_id.in_(traces.contacts)))
    query = select(Event.id, Event.before, Event.after).where(Event.kind.in_(_SPEAKS))
    told = [row.id for row in session.execute(query) if _speaks_of(row.before, traces) or _speaks_of(row.after, traces)]
    for some in portions(told):
        session.execute(delete(Event).where(Event.id.in_(some)))


def _speaks_of(facts: Json, traces: _Traces) -> bool:
    people = any(facts.get(name) == number for name in _PEOPLE for number in traces.contacts)
    return people or any(facts.get("address") == number for number in traces.addresses)
