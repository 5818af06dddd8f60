"""What each message, ticket, contact and file is found by."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from appliance.models import (
    Contact,
    ContactField,
    ContactTag,
    File,
    Message,
    Organisation,
    Part,
    Tag,
    Ticket,
    TicketField,
    TicketTag,
)
from appliance.services import search_words

# What people read in a part that is not its text; see values.incoming.IncomingPart.
_SAID = ("name", "phone", "title", "address", "question")


@dataclass(frozen=True)
class Document:
    """`words` as services.search_words.index_text makes them."""

    kind: str
    of_id: int
    ticket_id: int | None
    contact_id: int | None
    at: datetime
    words: str


def of_messages(session: Session, ids: Collection[int]) -> list[Document]:
    """Messages and notes, and the files in them. What belongs to no ticket is nobody's to find."""
    query = select(Message, Ticket.contact_id).join(Ticket, Ticket.id == Message.ticket_id).where(Message.id.in_(ids))
    parts = _parts(session, ids)
    made: list[Document] = []
    for message, contact_id in session.execute(query):
        of = parts.get(message.id, [])
        said = [message.text, *(text for part, _ in of for text in _said(part.data))]
        kind = "note" if message.kind == "note" else "message"
        place = (message.ticket_id, contact_id, message.at)
        made.append(Document(kind, message.id, *place, search_words.index_text(said)))
        made += [Document("file", part.id, *place, search_words.index_text([name])) for part, name in of if name]
    return made


def of_tickets(session: Session, ids: Collection[int]) -> list[Document]:
    """By number, subject, fields and tags."""
    tags = _grouped(session, TicketTag.ticket_id, Tag.name, TicketTag.tag_id == Tag.id, ids)
    fields = _grouped(session, TicketField.ticket_id, TicketField.value, None, ids)
    made: list[Document] = []
    for ticket in session.scalars(select(Ticket).where(Ticket.id.in_(ids))):
        said = [ticket.subject, *fields.get(ticket.id, ()), *tags.get(ticket.id, ()), str(ticket.id)]
        words = search_words.index_text(said)
        made.append(Document("ticket", ticket.id, ticket.id, ticket.contact_id, ticket.created_at, words))
    return made


def of_contacts(session: Session, ids: Collection[int]) -> list[Document]:
    """Of two that became one only the one that remains is found."""
    tags = _grouped(session, ContactTag.contact_id, Tag.name, ContactTag.tag_id == Tag.id, ids)
    fields = _grouped(session, ContactField.contact_id, ContactField.value, None, ids)
    query = select(Contact, Organisation.name).join(Organisation, isouter=True)
    query = query.where(Contact.id.in_(ids), Contact.merged_into_id.is_(None))
    made: list[Document] = []
    for contact, organisation in session.execute(query):
        further = (*fields.get(contact.id, ()), *tags.get(contact.id, ()))
        words = _contact_words(contact, organisation, further)
        made.append(Document("contact", contact.id, None, contact.id, contact.created_at, words))
    return made


def _contact_words(contact: Contact, organisation: str | None, further: tuple[str, ...]) -> str:
    said = [contact.name, contact.username, organisation or "", contact.note, *further]
    ways = {*search_words.phone_words(contact.phone), search_words.joined(contact.username)}
    return search_words.index_text(said, ways - {""})


def _parts(session: Session, ids: Collection[int]) -> Mapping[int, list[tuple[Part, str]]]:
    """Message → its parts, each with the name of its file."""
    query = select(Part, File.name).join(File, File.id == Part.file_id, isouter=True)
    grouped: dict[int, list[tuple[Part, str]]] = {}
    for part, name in session.execute(query.where(Part.message_id.in_(ids)).order_by(Part.message_id, Part.position)):
        grouped.setdefault(part.message_id, []).append((part, name or ""))
    return grouped


def _said(data: Mapping[str, Any]) -> Iterator[str]:
    for name in _SAID:
        if isinstance(data.get(name), str):
            yield data[name]
    options = data.get("options")
    if isinstance(options, list):
        yield from (option for option in options if isinstance(option, str))


def _grouped(
    session: Session,
    key: InstrumentedAttribute[int],
    value: InstrumentedAttribute[str],
    together: Any,
    ids: Collection[int],
) -> Mapping[int, list[str]]:
    query = select(key, value) if together is None else select(key, value).where(together)
    grouped: dict[int, list[str]] = {}
    for owner, text in session.execute(query.where(key.in_(ids))):
        grouped.setdefault(owner, []).append(text)
    return grouped
