"""Somebody nobody wants to hear of any more: what they write is counted and not kept, not even in the journal."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Address, Connection, Contact, Identity, InboundUpdate, now
from appliance.services import contact_sight
from appliance.services.contacts import ContactError
from appliance.values import Actor, Chat, Incoming, IncomingButton, IncomingMessage, Person

REASON = "this person is blocked"


def bar(contact_id: int, by: Actor, barred: bool = True) -> None:
    """From now on nothing of them is kept; or once more it is. Raises ContactError."""
    with db.write() as session:
        contact = contact_sight.get(session, contact_id, by)
        if contact is None:
            raise ContactError("not_found")
        if (contact.barred_at is not None) == barred:
            return
        contact.barred_at = now() if barred else None
        contact.barred_count = 0 if barred else contact.barred_count
        feed.append(
            session,
            "contact_changed",
            by=by,
            ticket=contact_sight.newest_ticket(session, contact.id, by),
            before={"contact": contact.id, "barred": not barred},
            after={"contact": contact.id, "barred": barred, "count": contact.barred_count},
        )


def is_barred(contact_id: int) -> bool:
    with db.session() as session:
        query = select(Contact.id).where(Contact.id == contact_id, Contact.barred_at.is_not(None))
        return session.scalar(query) is not None


def known(session: Session) -> frozenset[int]:
    """All who are barred: few, and asked once for a whole run of rows."""
    return frozenset(session.scalars(select(Contact.id).where(Contact.barred_at.is_not(None))))


def turn_away(
    session: Session, connection: Connection, row_id: int, incoming: Sequence[Incoming], barred: frozenset[int]
) -> bool:
    """Whether a row came from one of them; then its words are gone and counted."""
    contact_id = _speaker(session, connection, incoming)
    if contact_id is None or contact_id not in barred:
        return False
    said = sum(isinstance(each, (IncomingMessage, IncomingButton)) and not _is_edit(each) for each in incoming)
    _forget(session, row_id, contact_id, said)
    return True


def turn_away_unread(session: Session, connection_id: int, row_id: int, chat_key: str, barred: frozenset[int]) -> bool:
    """The same for a row that nobody can read, by the chat it names."""
    if not chat_key or not barred:
        return False
    query = select(Address.contact_id).where(Address.connection_id == connection_id, Address.external_id == chat_key)
    contact_id = session.scalar(query)
    if contact_id is None or contact_id not in barred:
        return False
    _forget(session, row_id, contact_id, 1)
    return True


def _speaker(session: Session, connection: Connection, incoming: Sequence[Incoming]) -> int | None:
    """A group is a customer of its own: whoever is barred may be among its voices."""
    for value in incoming:
        chat, author = getattr(value, "chat", None), getattr(value, "author", None)
        if not isinstance(chat, Chat):
            continue
        here = select(Address.contact_id).where(
            Address.connection_id == connection.id, Address.external_id == chat.external_id
        )
        found = session.scalar(here)
        if found is None and chat.kind == "private" and isinstance(author, Person) and author.external_id:
            found = session.scalar(
                select(Identity.contact_id).where(
                    Identity.channel == connection.channel, Identity.external_id == author.external_id
                )
            )
        return found
    return None


def _is_edit(value: object) -> bool:
    return isinstance(value, IncomingMessage) and value.edited


def _forget(session: Session, row_id: int, contact_id: int, said: int) -> None:
    """The row stays, so that the same update is not taken for a new one; what it said does not."""
    session.execute(update(InboundUpdate).where(InboundUpdate.id == row_id).values(raw=b"", chat_key=""))
    session.execute(update(Contact).where(Contact.id == contact_id).values(barred_count=Contact.barred_count + said))
