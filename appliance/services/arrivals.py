"""Somebody opens the conversation: a contact, but no ticket yet. What the link brought along is sorted here."""

from __future__ import annotations

from sqlalchemy.orm import Session

from appliance import feed
from appliance.models import Address, Connection, Entrance, now
from appliance.services import entrances, joining, people, staff_addresses, start_codes
from appliance.values import IncomingStart

PAYLOAD = 64


def start(session: Session, incoming: IncomingStart, connection: Connection) -> None:
    """A one-time code is used up, and nobody is greeted; a way in is remembered for the next message;
    anything else is hostile text that the card shows."""
    payload = incoming.payload[:PAYLOAD]
    found = entrances.behind(session, connection.id, payload)
    template = found.contact_template_id if found and found.retired_at is None else None
    known = people.meet(session, connection, incoming.chat, incoming.author, contact_template=template)
    address = session.get_one(Address, known.address_id)
    first, address.started_at = address.started_at is None, now()
    if start_codes.is_code(incoming.payload):
        _spend(session, incoming.payload, address, first)
        return
    entrance = _enter(address, payload, found)
    feed.append(
        session,
        "contact_started",
        by=known.actor,
        after={
            "address": address.id,
            "contact": known.contact_id,
            "connection": connection.id,
            "reference": incoming.reference.message,
            "payload": payload,
            "first": first,
            "entrance": entrance,
        },
    )


def _enter(address: Address, payload: str, found: Entrance | None) -> int | None:
    """Remember the way in behind a payload. One that was retired sorts nothing any more, but still has its name."""
    if not payload:
        return None
    if found is None or found.retired_at is not None:
        address.start_payload = (entrances.label(found) if found else payload)[:PAYLOAD]
        return None
    address.entrance_id = found.id
    return found.id


def _spend(session: Session, code: str, address: Address, first: bool) -> None:
    """`meant`: what the code was for, whether or not it was still good."""
    spent = start_codes.spend(session, code, address)
    if spent is not None and spent.purpose == "link" and spent.agent_id is not None:
        staff_addresses.link(session, spent.agent_id, address)
    if spent is not None and spent.purpose == "join" and spent.contact_id is not None:
        joining.join(session, spent.contact_id, spent.ticket_id, address)
    after = {
        "address": address.id,
        "agent": spent.agent_id if spent else None,
        "purpose": spent.purpose if spent else "",
        "meant": code.partition("-")[0],
        "ticket": spent.ticket_id if spent else None,
        "first": first,
    }
    feed.append(session, "code_spent", after=after)
