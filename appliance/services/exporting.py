"""All that is kept of one customer, to be handed to them: what is written down, every word, every file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Address, Connection, File, Message, Part, Ticket, now
from appliance.services import blobs, bundles, contact_card, contact_sight
from appliance.services.bundles import BundledFile
from appliance.services.contact_card import Person
from appliance.services.contacts import ContactError
from appliance.services.deleting import portions
from appliance.values import Actor

PUBLIC = ("incoming", "reply", "auto")
Spoken = tuple[Message, list[Part]]


@dataclass(frozen=True)
class Said:
    """`files` are names inside of the archive; `kept` is False for one whose bytes are no longer here."""

    at: datetime
    kind: str
    author: str
    text: str
    parts: tuple[dict[str, Any], ...]
    files: tuple[str, ...]


@dataclass(frozen=True)
class ExportedTicket:
    number: int
    subject: str
    stage: str
    outcome: str
    created_at: datetime
    done_at: datetime | None
    messages: tuple[Said, ...]


@dataclass(frozen=True)
class Export:
    at: datetime
    person: Person
    addresses: tuple[dict[str, Any], ...]
    tickets: tuple[ExportedTicket, ...]
    files: tuple[BundledFile, ...]


def export(contact_id: int, by: Actor, notes: bool) -> Export:
    """`notes`: with what colleagues wrote for one another. Told in the log. Raises ContactError."""
    if by.kind == "agent" and by.role != "owner":
        raise ContactError("not_allowed")
    with db.session() as session:
        contact = contact_sight.get(session, contact_id, by)
        person = contact_card.find(contact_id, by) if contact else None
        if contact is None or person is None:
            raise ContactError("not_found")
        kinds = (*PUBLIC, "note") if notes else PUBLIC
        tickets = session.scalars(select(Ticket).where(Ticket.contact_id == contact.id).order_by(Ticket.id)).all()
        spoken = _spoken(session, [ticket.id for ticket in tickets], kinds)
        files = _files(session, _file_ids(spoken))
        made = Export(
            at=now(),
            person=person,
            addresses=tuple(_addresses(session, contact.id)),
            tickets=tuple(_ticket(ticket, spoken.get(ticket.id, []), files) for ticket in tickets),
            files=tuple(files.values()),
        )
    with db.write() as session:
        feed.append(session, "contact_exported", by=by, after={"contact": person.id, "files": len(made.files)})
    return made


def as_data(export: Export) -> dict[str, Any]:
    """The same for machines."""
    person = export.person
    facts = {
        name: getattr(person, name)
        for name in ("name", "username", "phone", "language", "note", "organisation", "tags", "since")
    }
    facts["fields"] = {each.field.name: each.value for each in person.fields if each.value}
    return {"at": export.at, "person": facts, "addresses": export.addresses, "tickets": export.tickets}


def _addresses(session: Session, contact_id: int) -> list[dict[str, Any]]:
    query = (
        select(Address, Connection.title, Connection.channel)
        .join(Connection, Connection.id == Address.connection_id)
        .where(Address.contact_id == contact_id)
        .order_by(Address.id)
    )
    return [
        {
            "channel": row.channel,
            "connection": row.title,
            "id": row.Address.external_id,
            "since": row.Address.created_at,
        }
        for row in session.execute(query)
    ]


def _spoken(session: Session, ticket_ids: Sequence[int], kinds: Sequence[str]) -> dict[int, list[Spoken]]:
    """Messages with their parts, in order, by ticket."""
    messages: list[Message] = []
    for some in portions(ticket_ids):
        messages += session.scalars(select(Message).where(Message.ticket_id.in_(some), Message.kind.in_(kinds)))
    parts: dict[int, list[Part]] = {}
    for some in portions([message.id for message in messages]):
        for part in session.scalars(select(Part).where(Part.message_id.in_(some)).order_by(Part.position)):
            parts.setdefault(part.message_id, []).append(part)
    found: dict[int, list[Spoken]] = {}
    for message in sorted(messages, key=lambda each: each.id):
        found.setdefault(message.ticket_id or 0, []).append((message, parts.get(message.id, [])))
    return found


def _file_ids(spoken: Mapping[int, Sequence[Spoken]]) -> set[int]:
    every = (part for said in spoken.values() for _message, parts in said for part in parts)
    return {part.file_id for part in every if part.file_id is not None}


def _files(session: Session, file_ids: Collection[int]) -> dict[int, BundledFile]:
    """Originals that are here, under names that no other has."""
    found: dict[int, BundledFile] = {}
    for some in portions(file_ids):
        for file in session.scalars(select(File).where(File.id.in_(some), File.state == "ready", File.sha256 != "")):
            with suppress(blobs.Gone):
                name = f"files/{file.id}-{bundles.name_in_archive(file)}"
                found[file.id] = BundledFile(name, file.sha256, blobs.blob_size(file.sha256))
    return found


def _ticket(ticket: Ticket, spoken: Sequence[Spoken], files: Mapping[int, BundledFile]) -> ExportedTicket:
    return ExportedTicket(
        ticket.id,
        ticket.subject,
        ticket.stage,
        ticket.outcome,
        ticket.created_at,
        ticket.done_at,
        tuple(_said(message, parts, files) for message, parts in spoken),
    )


def _said(message: Message, parts: Sequence[Part], files: Mapping[int, BundledFile]) -> Said:
    told = tuple({"kind": part.kind, "text": part.text, "data": part.data} for part in parts)
    names = tuple(files[part.file_id].name for part in parts if part.file_id is not None and part.file_id in files)
    return Said(message.at, message.kind, message.author_name, message.text, told, names)
