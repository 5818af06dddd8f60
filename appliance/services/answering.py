"""What the box answers by itself: one acknowledgement for a new ticket, a greeting for a start, a word on a code, and
on files that cannot be had.

Follows the feed with a stored cursor; every automatic message has a key, so a kill between the two repeats nothing.
"""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Address, Agent, Connection, Contact, Entrance, Event, Ticket, TicketTemplate
from appliance.services import outbox, settings, texts, too_large
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
        elif event.kind == "code_spent":
            _carefully(_confirm, event)
        elif too_large.concerns(event):
            _carefully(too_large.answer, event)
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
        template = _template(session, ticket.template_id, address)
        if template is not None and not template.acknowledge:
            return
        language = session.get_one(Contact, address.contact_id).language
        chosen = template.acknowledgement if template else {}
    text = texts.for_customer(chosen, texts.ACKNOWLEDGEMENT, language, number=ticket.id)
    outbox.automatic(address.id, text, f"acknowledgement:{ticket.id}", ticket.id, cause=event.id)


def _greet(event: Event) -> None:
    """{place} is the way in they came by, else the company. The privacy notice is said once, at the first start."""
    with db.session() as session:
        address = session.get(Address, int(event.after["address"]))
        if address is None:
            return
        entrance = session.get(Entrance, int(event.after.get("entrance") or 0))
        template = _template(session, entrance.template_id if entrance else None, address)
        contact = session.get_one(Contact, address.contact_id)
        notice = session.get_one(Connection, address.connection_id).privacy_notice
    place = (entrance.place if entrance else "") or settings.get("company")
    chosen = template.greeting if template else {}
    text = texts.for_customer(chosen, texts.GREETING, contact.language, name=contact.name, place=place)
    if event.after.get("first"):
        text = texts.with_notice(text, notice, contact.language)
    outbox.automatic(address.id, text, f"greeting:{event.id}", None, cause=event.id)


def _confirm(event: Event) -> None:
    """One of the staff, or a customer, opened a link of their own: what became of it, said on their phone."""
    if event.after.get("purpose") == "doctor":
        return
    if event.after.get("meant") == "join":
        _welcome(event)
        return
    with db.session() as session:
        address = session.get(Address, int(event.after["address"]))
        agent = session.get(Agent, int(event.after.get("agent") or 0))
        if address is None:
            return
        language = (agent.language if agent else "") or session.get_one(Contact, address.contact_id).language
    name, said = (agent.name, texts.LINKED) if agent else ("", texts.CODE_ENDED)
    text = texts.for_customer({}, said, language, name=name, company=settings.get("company") or "Appliance")
    outbox.automatic(address.id, text, f"code:{event.id}", None, cause=event.id)


def _welcome(event: Event) -> None:
    """A customer who was known by name only can be written to now."""
    with db.session() as session:
        address = session.get(Address, int(event.after["address"]))
        if address is None:
            return
        contact = session.get_one(Contact, address.contact_id)
        ticket = session.get(Ticket, int(event.after.get("ticket") or 0))
        notice = session.get_one(Connection, address.connection_id).privacy_notice
    said = texts.JOIN_ENDED
    if event.after.get("purpose"):
        said = texts.JOINED if ticket else texts.JOINED_BARE
    number = ticket.id if ticket else ""
    text = texts.for_customer({}, said, contact.language, name=contact.name, number=number)
    if event.after.get("first"):
        text = texts.with_notice(text, notice, contact.language)
    outbox.automatic(address.id, text, f"code:{event.id}", ticket.id if ticket else None, cause=event.id)


def _template(session: Session, template_id: int | None, address: Address) -> TicketTemplate | None:
    """The one that is named, else the connection's."""
    wanted = template_id or session.get_one(Connection, address.connection_id).template_id
    return session.get(TicketTemplate, wanted) if wanted else None
