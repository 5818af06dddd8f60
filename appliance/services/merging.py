"""Two addresses turn out to be one chat: tickets, messages and deliveries of the younger go over to the older."""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from appliance.models import Address, Contact, Delivery, Identity, Message, Ticket

MOVED = "moved"


def absorb(session: Session, younger: Address, older: Address) -> None:
    """The younger address steps aside and keeps nothing; its row stays for what still names it. Whoever was allowed
    under one of the numbers is allowed."""
    younger.external_id = f"{MOVED}:{younger.id}:{younger.external_id}"[:128]
    session.flush()
    for table in (Ticket, Message, Delivery):
        session.execute(update(table).where(table.address_id == younger.id).values(address_id=older.id))
    if younger.contact_id != older.contact_id:
        _join_contacts(session, younger.contact_id, older.contact_id)
        session.refresh(younger)
    older.approval = _decided(older.approval, younger.approval)
    older.blocked_at, older.entrance_id = younger.blocked_at, older.entrance_id or younger.entrance_id
    younger.approval = ""


def _join_contacts(session: Session, gone: int, kept: int) -> None:
    for table in (Ticket, Identity, Address):
        session.execute(update(table).where(table.contact_id == gone).values(contact_id=kept))
    session.execute(delete(Contact).where(Contact.id == gone))


def _decided(one: str, other: str) -> str:
    """A yes counts more than a no, a no more than no answer yet."""
    return min(one, other, key=("", "refused", "waiting").index)
