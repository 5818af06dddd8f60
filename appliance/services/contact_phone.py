"""A phone number somebody shared, taken over to their card by one of the staff."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Address, Contact, Message, Part, Ticket
from appliance.services.visibility import visible_to
from appliance.values import Actor


class PhoneError(Exception):
    """Nothing was changed. `code`: not_found."""

    def __init__(self, code: str = "not_found") -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Offer:
    """A number that the card does not have. `own`: the messenger says that it is the sender's own."""

    phone: str
    own: bool


def offer(part_id: int) -> Offer | None:
    """What a shared contact could add to the card of who shared it; None when there is nothing to add."""
    with db.session() as session:
        found = _find(session, part_id)
        return _offer(*found) if found else None


def save(part_id: int, by: Actor) -> None:
    """The card's phone becomes the shared one. Raises PhoneError."""
    with db.write() as session:
        found = _find(session, part_id, by)
        if found is None:
            raise PhoneError
        part, message, contact = found
        wanted = _offer(part, message, contact)
        if wanted is None:
            return
        before = {"phone": contact.phone, "phone_verified": contact.phone_verified}
        contact.phone, contact.phone_verified = wanted.phone, wanted.own
        after = {"contact": contact.id, "phone": wanted.phone, "phone_verified": wanted.own}
        feed.append(session, "contact_changed", by=by, ticket=message.ticket_id, before=before, after=after)
        # The bubble has nothing to offer any more.
        feed.append(session, "message_changed", by=by, ticket=message.ticket_id, message=message.id)


def same_number(one: str, other: str) -> bool:
    """However they are written."""
    return _digits(one) == _digits(other)


def _find(session: Session, part_id: int, by: Actor | None = None) -> tuple[Part, Message, Contact] | None:
    """A group's card is nobody's: what is shared there stays in the bubble."""
    query = (
        select(Part, Message, Contact)
        .join(Message, Message.id == Part.message_id)
        .join(Ticket, Ticket.id == Message.ticket_id)
        .join(Address, Address.id == Message.address_id)
        .join(Contact, Contact.id == Address.contact_id)
        .where(Part.id == part_id, Part.kind == "contact", Message.kind == "incoming", Address.kind == "private")
    )
    found = session.execute(query if by is None else query.where(visible_to(by))).first()
    return (found[0], found[1], found[2]) if found else None


def _offer(part: Part, _message: Message, contact: Contact) -> Offer | None:
    phone, own = str(part.data.get("phone") or "")[:32], bool(part.data.get("own"))
    if not _digits(phone):
        return None
    if same_number(phone, contact.phone) and (contact.phone_verified or not own):
        return None
    return Offer(phone, own)


def _digits(phone: str) -> str:
    return "".join(letter for letter in phone if letter.isdecimal())
