"""Everything of one contact goes over to another: chats, tickets, names at messengers, tags, fields, facts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from appliance.models import Address, Contact, ContactField, ContactTag, Identity, SearchEntry, StartCode, Ticket

# What the one that remains takes over where it has nothing itself.
FACTS = ("username", "phone", "language", "note", "organisation_id", "template_id", "barred_at")


def carry(session: Session, gone_id: int, kept_id: int) -> dict[str, list[int]]:
    """What was moved or added, by name: ticket, identity, address, tag, field. In the caller's transaction."""
    moved: dict[str, list[int]] = {}
    tables: tuple[tuple[str, Any], ...] = (("ticket", Ticket), ("identity", Identity), ("address", Address))
    for name, table in tables:
        moved[name] = list(session.scalars(select(table.id).where(table.contact_id == gone_id)))
        session.execute(update(table).where(table.contact_id == gone_id).values(contact_id=kept_id))
    session.execute(update(StartCode).where(StartCode.contact_id == gone_id).values(contact_id=kept_id))
    find_at(session, moved["ticket"], kept_id)
    return {**moved, "tag": _add_tags(session, gone_id, kept_id), "field": _add_fields(session, gone_id, kept_id)}


def complete(kept: Contact, gone: Contact) -> None:
    """Two accounts have two names: from now on the one that was chosen stays."""
    if not kept.phone and gone.phone:
        kept.phone_verified = gone.phone_verified
    for name in FACTS:
        setattr(kept, name, getattr(kept, name) or getattr(gone, name))
    kept.named = True


def find_at(session: Session, ticket_ids: list[int], contact_id: int) -> None:
    """The search finds these tickets at that contact from now on."""
    session.execute(
        update(SearchEntry).where(SearchEntry.ticket_id.in_(ticket_ids)).values(contact_id=contact_id),
        execution_options={"synchronize_session": False},
    )


def _add_tags(session: Session, gone_id: int, kept_id: int) -> list[int]:
    has = set(session.scalars(select(ContactTag.tag_id).where(ContactTag.contact_id == kept_id)))
    brought = session.scalars(select(ContactTag.tag_id).where(ContactTag.contact_id == gone_id))
    added = [number for number in brought if number not in has]
    session.add_all(ContactTag(contact_id=kept_id, tag_id=number) for number in added)
    return added


def _add_fields(session: Session, gone_id: int, kept_id: int) -> list[int]:
    has = set(session.scalars(select(ContactField.field_id).where(ContactField.contact_id == kept_id)))
    rows = session.scalars(select(ContactField).where(ContactField.contact_id == gone_id)).all()
    added = [row for row in rows if row.field_id not in has]
    for row in added:
        session.add(ContactField(contact_id=kept_id, field_id=row.field_id, value=row.value, number=row.number))
    return [row.field_id for row in added]
