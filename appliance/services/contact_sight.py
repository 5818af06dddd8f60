"""Which customers an actor may see: whoever may see one of their tickets, and those without any."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_, select, true
from sqlalchemy.orm import Session

from appliance.models import Contact, Ticket
from appliance.services.visibility import visible_to
from appliance.values import Actor


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """A condition over Contact."""
    if actor.kind in ("system", "rule", "plugin") or actor.role in ("owner", "manager"):
        return true()
    if actor.kind != "agent" or actor.id is None:
        return Contact.id.is_(None)
    theirs = exists().where(Ticket.contact_id == Contact.id).correlate(Contact)
    shown = exists().where(Ticket.contact_id == Contact.id, visible_to(actor)).correlate(Contact)
    return or_(shown, ~theirs)


def get(session: Session, contact_id: int, by: Actor) -> Contact | None:
    """None when there is no such customer, or not for this actor. One that was merged is whom it was merged into."""
    found = session.scalar(select(Contact).where(Contact.id == contact_id, seen_by(by)))
    for _step in range(8):
        if found is None or found.merged_into_id is None:
            return found
        found = session.scalar(select(Contact).where(Contact.id == found.merged_into_id, seen_by(by)))
    return found


def newest_ticket(session: Session, contact_id: int, by: Actor) -> int | None:
    """Where what happens to a customer is told."""
    query = select(Ticket.id).where(Ticket.contact_id == contact_id, visible_to(by))
    return session.scalar(query.order_by(Ticket.id.desc()).limit(1))
