"""What the variables of saved replies stand for in a ticket."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.models import Contact, ContactField, Field, Organisation, Ticket, TicketField
from appliance.services import reply_words, settings
from appliance.values import Actor


def of_ticket(session: Session, ticket: Ticket, by: Actor) -> Mapping[str, str]:
    """By the keys of reply_words.NAMES; what is not known is left out or empty."""
    contact = session.get_one(Contact, ticket.contact_id)
    company = session.get(Organisation, contact.organisation_id) if contact.organisation_id else None
    return {
        **_fields(session, ticket),
        "customer.name": contact.name,
        "customer.first_name": _first(contact.name),
        "customer.phone": contact.phone,
        "customer.username": f"@{contact.username}" if contact.username else "",
        "customer.company": company.name if company else "",
        "ticket.number": str(ticket.id),
        "ticket.subject": ticket.subject,
        "agent.name": by.name,
        "agent.first_name": _first(by.name),
        "company.name": settings.get("company"),
    }


def _fields(session: Session, ticket: Ticket) -> dict[str, str]:
    """Of two fields with one name the ticket's is meant."""
    of_contact = select(Field.name, ContactField.value).join(ContactField, ContactField.field_id == Field.id)
    of_ticket = select(Field.name, TicketField.value).join(TicketField, TicketField.field_id == Field.id)
    found = [
        *session.execute(of_contact.where(ContactField.contact_id == ticket.contact_id)),
        *session.execute(of_ticket.where(TicketField.ticket_id == ticket.id)),
    ]
    return {reply_words.FIELD[0] + " ".join(name.split()).casefold(): value for name, value in found}


def _first(name: str) -> str:
    return next(iter(name.split()), "")
