"""The first sign of life from outside: what the wizard waits for."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from appliance import db
from appliance.models import Address, Contact, Message


@dataclass(frozen=True)
class FirstContact:
    """`ticket_id` None: the person has opened the conversation and written nothing yet."""

    name: str
    text: str = ""
    ticket_id: int | None = None


def newest() -> FirstContact | None:
    """The newest message of a customer, or at least who has opened a conversation."""
    written = select(Message).where(Message.kind == "incoming").order_by(Message.id.desc()).limit(1)
    opened = (
        select(Contact.name)
        .join(Address, Address.contact_id == Contact.id)
        .where(Address.started_at.is_not(None))
        .order_by(Address.started_at.desc())
        .limit(1)
    )
    with db.session() as session:
        message = session.scalar(written)
        if message is not None:
            return FirstContact(message.author_name, message.text[:200], message.ticket_id)
        name = session.scalar(opened)
    return FirstContact(name) if name else None
