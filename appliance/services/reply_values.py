"""What the variables of saved replies stand for in a ticket."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from babel.dates import format_date
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.models import Contact, ContactField, Field, Organisation, Ticket, TicketField
from appliance.services import reply_words, settings
from appliance.services.field_kinds import show
from appliance.values import Actor


def of_ticket(session: Session, ticket: Ticket, by: Actor, language: str) -> Mapping[str, str]:
    """By the keys of reply_words.NAMES; what is not known is left out or empty. `language`: the customer's, in which
    numbers and dates are written."""
    contact = session.get_one(Contact, ticket.contact_id)
    company = session.get(Organisation, contact.organisation_id) if contact.organisation_id else None
    return {
        **_fields(session, ticket, language),
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


def _fields(session: Session, ticket: Ticket, language: str) -> dict[str, str]:
    """Of two fields with one name the ticket's is meant."""
    of_contact = select(Field, ContactField.value).join(ContactField, ContactField.field_id == Field.id)
    of_ticket = select(Field, TicketField.value).join(TicketField, TicketField.field_id == Field.id)
    found = [
        *session.execute(of_contact.where(ContactField.contact_id == ticket.contact_id)),
        *session.execute(of_ticket.where(TicketField.ticket_id == ticket.id)),
    ]
    return {
        reply_words.FIELD[0] + " ".join(field.name.split()).casefold(): _said(field.kind, value, language)
        for field, value in found
    }


def _said(kind: str, value: str, language: str) -> str:
    """Dates in words: a customer reads them, nobody types them again."""
    if kind != "date":
        return show(kind, value, language, settings.get("currency"))
    with suppress(ValueError):
        return str(format_date(date.fromisoformat(value), "long", locale=language))
    return value


def _first(name: str) -> str:
    return next(iter(name.split()), "")
