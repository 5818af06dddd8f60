"""Whether we can still write somewhere: blocked and unblocked, in a group and out of it, moved to another number."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import feed
from appliance.models import Address, Connection
from appliance.services import people
from appliance.values import Actor, IncomingState, Person


def change(session: Session, incoming: IncomingState, connection: Connection) -> int | None:
    """Kept on the address and told to the desk; answers the address of a refused group that has us again."""
    address = _find(session, incoming, connection)
    if address is None:
        return None
    # The number a group had before it moved: that we are no longer there says nothing.
    if incoming.state == "left" and address.external_id != incoming.chat.external_id:
        return None
    if incoming.state in ("blocked", "left"):
        people.block(session, address, True)
    elif incoming.state in ("unblocked", "joined"):
        people.block(session, address, False)
        if incoming.state == "joined" and address.approval:
            return _brought(session, address, incoming.author or people.NOBODY)
    elif incoming.state == "moved" and incoming.moved_to:
        people.move(session, address, incoming.moved_to)
    elif incoming.state == "note":
        ticket = people.newest_ticket(session, address.id)
        after = {"contact": address.contact_id, "note": incoming.text, "name": (incoming.author or people.NOBODY).name}
        feed.append(session, "contact_changed", ticket=ticket, after=after)
    return None


def _find(session: Session, incoming: IncomingState, connection: Connection) -> Address | None:
    """The address it is about. One that is new is made for whoever blocks us before writing, and for a group."""
    known = people.find(session, connection, incoming.chat)
    if known is not None:
        return session.get_one(Address, known.id)
    if incoming.state not in ("blocked", "joined") or (incoming.author is None and incoming.chat.kind != "group"):
        return None
    made = people.meet(session, connection, incoming.chat, incoming.author or people.NOBODY)
    return session.scalars(select(Address).where(Address.id == made.address_id)).one()


def _brought(session: Session, address: Address, by: Person) -> int | None:
    address.added_by = by.name[:200]
    after = {"contact": address.contact_id, "approval": address.approval}
    feed.append(session, "contact_changed", by=Actor("contact", address.contact_id, name=by.name), after=after)
    return address.id if address.approval == people.REFUSED else None
