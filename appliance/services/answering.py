"""What the box answers by itself: one acknowledgement for a new ticket, a greeting for /start.

Follows the feed with a stored cursor; every automatic message has a key, so a kill between the two repeats nothing.
"""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Address, Connection, Contact, Event, Ticket, TicketTemplate
from appliance.services import outbox, texts
from appliance.services.connecting import ConnectProblem
from appliance.services.secrets import SecretsError

CONSUMER = "answering"
BATCH = 200
log = logging.getLogger("appliance.answering")


def follow() -> int:
    """Deal with the news; answers how many events there were."""
    start = feed.position(CONSUMER)
    events = feed.after(start, BATCH)
    for event in events:
        if event.kind == "ticket_created" and event.actor_kind == "contact" and event.ticket_id:
            _carefully(_acknowledge, event)
        elif event.kind == "contact_started":
            _carefully(_greet, event)
    if events:
        with db.write() as session:
            feed.advance(session, CONSUMER, events[-1].id)
    return len(events)


def _carefully(answer: Any, event: Event) -> None:
    """An answer that cannot be given (blocked; the connection, its plugin or its key gone) is no reason to stop."""
    try:
        answer(event)
    except (outbox.OutboxError, ConnectProblem, SecretsError) as error:
        log.info("no automatic answer to event %s: %s", event.id, error)


def _acknowledge(event: Event) -> None:
    with db.session() as session:
        ticket = session.get(Ticket, event.ticket_id)
        address = session.get(Address, ticket.address_id) if ticket and ticket.address_id else None
        if ticket is None or address is None or ticket.shelf != "none":
            return
        template = _template(session, address)
        if template is not None and not template.acknowledge:
            return
        language = session.get_one(Contact, address.contact_id).language
        chosen = template.acknowledgement if template else {}
    text = texts.for_customer(chosen, texts.ACKNOWLEDGEMENT, language, number=ticket.id)
    outbox.automatic(address.id, text, f"acknowledgement:{ticket.id}", ticket.id, cause=event.id)


def _greet(event: Event) -> None:
    with db.session() as session:
        address = session.get(Address, int(event.after["address"]))
        if address is None:
            return
        template = _template(session, address)
        contact = session.get_one(Contact, address.contact_id)
    text = texts.for_customer(
        template.greeting if template else {}, texts.GREETING, contact.language, name=contact.name
    )
    outbox.automatic(address.id, text, f"greeting:{event.id}", None, cause=event.id)


def _template(session: Session, address: Address) -> TicketTemplate | None:
    connection = session.get_one(Connection, address.connection_id)
    return session.get(TicketTemplate, connection.template_id) if connection.template_id else None
