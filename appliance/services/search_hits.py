"""What is shown of the things that were found: who, where, when, and the words that were looked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from appliance.models import (
    Contact,
    ContactField,
    File,
    Message,
    Organisation,
    Part,
    Tag,
    Ticket,
    TicketField,
    TicketTag,
)
from appliance.services.search_query import Query
from appliance.services.search_snippets import Piece, mark, snippet
from appliance.services.visibility import visible_to
from appliance.values import Actor

Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Hit:
    """`id`: of the ticket, contact, message or part. `message_id`: where to jump to, 0 for a whole ticket. `name`:
    the customer's; `author`: who said it, '' for the customer. `also`: fields, tags and phone that were meant.
    `part_kind`: what a file is."""

    kind: str
    id: int
    at: datetime
    name: Pieces
    contact_id: int
    ticket_id: int = 0
    subject: Pieces = ()
    words: Pieces = ()
    also: Pieces = ()
    author: str = ""
    stage: str = ""
    shelf: str = "none"
    message_id: int = 0
    message_kind: str = ""
    part_kind: str = ""
    username: str = ""
    tickets: int = 0


def load(session: Session, kind: str, ids: Sequence[int], query: Query) -> list[Hit]:
    """In the order of the ids; the caller has checked what the actor may see."""
    if not ids:
        return []
    made = {hit.id: hit for hit in _LOADERS[kind](session, ids, query)}
    return [made[number] for number in ids if number in made]


def ticket(session: Session, by: Actor, number: int) -> Hit | None:
    """The ticket of this number, if this actor may see it."""
    seen = session.scalar(select(Ticket.id).where(Ticket.id == number, visible_to(by)))
    return load(session, "ticket", [seen], Query(""))[0] if seen else None


def _tickets(session: Session, ids: Collection[int], query: Query) -> Iterator[Hit]:
    also = _grouped(session, ids)
    rows = select(Ticket, Contact.name).join(Contact, Contact.id == Ticket.contact_id).where(Ticket.id.in_(ids))
    for found, name in session.execute(rows):
        yield Hit(
            "ticket",
            found.id,
            found.last_message_at,
            mark(name, query),
            found.contact_id,
            found.id,
            mark(found.subject, query),
            also=_meant(also.get(found.id, ()), query),
            stage=found.stage,
            shelf=found.shelf,
        )


def _contacts(session: Session, ids: Collection[int], query: Query) -> Iterator[Hit]:
    values: dict[int, list[str]] = {}
    fields = select(ContactField.contact_id, ContactField.value).where(ContactField.contact_id.in_(ids))
    for owner, value in session.execute(fields):
        values.setdefault(owner, []).append(value)
    count = select(func.count()).where(Ticket.contact_id == Contact.id).correlate(Contact).scalar_subquery()
    rows = select(Contact, Organisation.name, count).join(Organisation, isouter=True).where(Contact.id.in_(ids))
    for found, organisation, tickets in session.execute(rows):
        yield Hit(
            "contact",
            found.id,
            found.created_at,
            mark(found.name, query),
            found.id,
            words=snippet(found.note, query) if found.note else (),
            also=_meant((found.phone, organisation or "", *values.get(found.id, ())), query),
            username=found.username,
            tickets=tickets,
        )


def _messages(session: Session, ids: Collection[int], query: Query) -> Iterator[Hit]:
    rows = (
        select(Message, Ticket, Contact.name)
        .join(Ticket, Ticket.id == Message.ticket_id)
        .join(Contact, Contact.id == Ticket.contact_id)
        .where(Message.id.in_(ids))
    )
    for found, of, name in session.execute(rows):
        yield Hit(
            "note" if found.kind == "note" else "message",
            found.id,
            found.at,
            mark(name, query),
            of.contact_id,
            of.id,
            mark(of.subject, query),
            snippet(found.text, query),
            author="" if found.kind == "incoming" else found.author_name,
            stage=of.stage,
            shelf=of.shelf,
            message_id=found.id,
            message_kind=found.kind,
        )


def _files(session: Session, ids: Collection[int], query: Query) -> Iterator[Hit]:
    rows = (
        select(Part.id, Part.kind, File.name, Message, Ticket, Contact.name.label("contact"))
        .join(File, File.id == Part.file_id)
        .join(Message, Message.id == Part.message_id)
        .join(Ticket, Ticket.id == Message.ticket_id)
        .join(Contact, Contact.id == Ticket.contact_id)
        .where(Part.id.in_(ids))
    )
    for row in session.execute(rows):
        yield Hit(
            "file",
            row.id,
            row.Message.at,
            mark(row.contact, query),
            row.Ticket.contact_id,
            row.Ticket.id,
            mark(row.Ticket.subject, query),
            mark(row.name, query),
            shelf=row.Ticket.shelf,
            stage=row.Ticket.stage,
            message_id=row.Message.id,
            message_kind=row.Message.kind,
            part_kind=row.kind,
        )


def _grouped(session: Session, ids: Collection[int]) -> Mapping[int, list[str]]:
    """What stands on tickets beside their subject."""
    values = select(TicketField.ticket_id, TicketField.value).where(TicketField.ticket_id.in_(ids))
    tags = select(TicketTag.ticket_id, Tag.name).join(Tag, Tag.id == TicketTag.tag_id)
    grouped: dict[int, list[str]] = {}
    for rows in (values, tags.where(TicketTag.ticket_id.in_(ids))):
        for owner, value in session.execute(rows):
            grouped.setdefault(owner, []).append(value)
    return grouped


def _meant(texts: Sequence[str], query: Query) -> Pieces:
    """Those of them that hold one of the words."""
    made = [mark(text, query) for text in texts if text]
    kept = [pieces for pieces in made if any(piece.marked for piece in pieces)]
    return tuple(piece for index, pieces in enumerate(kept) for piece in ([Piece(" · ")] if index else []) + [*pieces])


_LOADERS: Mapping[str, Callable[[Session, Collection[int], Query], Iterator[Hit]]] = {
    "ticket": _tickets,
    "contact": _contacts,
    "message": _messages,
    "note": _messages,
    "file": _files,
}
