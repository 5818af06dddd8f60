"""Keeps the search's entries in step with what they are of: by the feed, and once from the beginning.

Both remember how far they have come in the commit that made them come so far; repeating a step changes nothing. So a
kill at any moment costs nothing, and nothing of it stands in the way of a message that comes in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.db import upsert
from appliance.models import (
    Address,
    Contact,
    ContactTag,
    Cursor,
    Event,
    Message,
    Part,
    SearchEntry,
    Ticket,
    TicketTag,
    now,
    search_id,
    table_of,
)
from appliance.services import search_documents
from appliance.services.search_documents import Document

CONSUMER = "search"
BATCH = 200
_TABLES: Mapping[str, type[Message | Ticket | Contact]] = {
    "message": Message,
    "ticket": Ticket,
    "contact": Contact,
}
_PUT_WORDS = text("INSERT OR REPLACE INTO search_text(rowid, stems) VALUES (:id, :stems)")


@dataclass
class Changed:
    """What has to be looked at again. `thinned`: tickets that have lost messages for good."""

    messages: set[int] = field(default_factory=set)
    tickets: set[int] = field(default_factory=set)
    contacts: set[int] = field(default_factory=set)
    thinned: set[int] = field(default_factory=set)


def follow() -> int:
    """Deal with the news; answers how many events there were. Asked for the first time it begins with now."""
    if not _has_begun():
        begin()
    events = feed.after(feed.position(CONSUMER), BATCH)
    if not events:
        return 0
    with db.session() as session:
        changed = _changed(session, events)
        documents = _documents(session, changed)
    with db.write() as session:
        _forget_missing(session, changed, documents)
        _store(session, documents)
        for ticket_id in changed.thinned:
            _forget_gone(session, ticket_id)
        feed.advance(session, CONSUMER, events[-1].id)
    return len(events)


def fill() -> int:
    """Take in the next of what was there before, newest first; how many there were, 0 when all is in."""
    for kind, model in _TABLES.items():
        mark = feed.position(_mark_of(kind))
        if not mark:
            continue
        with db.session() as session:
            below = select(model.id).where(model.id < mark).order_by(model.id.desc()).limit(BATCH)
            ids = sorted(session.scalars(below))
            documents = _READ[kind](session, ids)
        with db.write() as session:
            _store(session, documents)
            feed.advance(session, _mark_of(kind), ids[0] if len(ids) == BATCH else 0)
        return max(1, len(ids))
    return 0


def begin() -> None:
    """From now on by the feed; everything before is taken in by fill()."""
    with db.write() as session:
        feed.advance(session, CONSUMER, int(session.scalar(select(func.max(Event.id))) or 0))
        for kind, model in _TABLES.items():
            newest = int(session.scalar(select(func.max(model.id))) or 0)
            feed.advance(session, _mark_of(kind), newest + 1 if newest else 0)


def empty() -> None:
    """Forget everything that can be found, and begin anew."""
    with db.write() as session:
        # Row by row a large index would hold the writers up for minutes; the table is made as the migration made it.
        made = session.scalars(text("SELECT sql FROM sqlite_master WHERE name = 'search_text'")).one()
        trigger = session.scalars(text("SELECT sql FROM sqlite_master WHERE name = 'search_entry_gone'")).one()
        session.execute(text("DROP TRIGGER search_entry_gone"))
        session.execute(text("DROP TABLE search_text"))
        session.execute(delete(SearchEntry))
        session.connection().exec_driver_sql(made)
        session.connection().exec_driver_sql(trigger)
        session.execute(delete(Cursor).where(Cursor.consumer == CONSUMER))
    begin()


def remaining() -> int:
    """How many messages, tickets and contacts of before are still to be taken in, at most."""
    return sum(max(0, feed.position(_mark_of(kind)) - 1) for kind in _TABLES)


def behind() -> tuple[int, float]:
    """How many events are not in it yet, and how many seconds ago the oldest of them happened."""
    start = feed.position(CONSUMER)
    with db.session() as session:
        waiting = select(func.count(), func.min(Event.at)).where(Event.id > start)
        count, oldest = session.execute(waiting).one()
    return int(count), (now() - oldest).total_seconds() if count else 0.0


def _changed(session: Session, events: Iterable[Event]) -> Changed:
    changed = Changed()
    for event in events:
        subject = event.kind.partition("_")[0]
        if event.message_id and (subject == "message" or event.kind == "file_changed"):
            changed.messages.add(event.message_id)
        elif subject == "ticket" and event.ticket_id:
            _note_ticket(session, changed, event, event.ticket_id)
        elif subject in ("contact", "organisation"):
            changed.contacts |= _contacts_of(session, event)
        elif subject == "tag" and isinstance(event.after.get("tag"), int):
            tag_id = event.after["tag"]
            changed.tickets |= set(session.scalars(select(TicketTag.ticket_id).where(TicketTag.tag_id == tag_id)))
            changed.contacts |= set(session.scalars(select(ContactTag.contact_id).where(ContactTag.tag_id == tag_id)))
    return changed


def _note_ticket(session: Session, changed: Changed, event: Event, ticket_id: int) -> None:
    changed.tickets.add(ticket_id)
    if event.kind == "ticket_created":
        # Of a new contact nothing else is told, and of a greeting that its first ticket has taken in neither.
        changed.contacts |= _contacts_of(session, event)
        changed.messages |= set(session.scalars(select(Message.id).where(Message.ticket_id == ticket_id).limit(BATCH)))
    if event.after.get("messages"):
        changed.thinned.add(ticket_id)


def _contacts_of(session: Session, event: Event) -> set[int]:
    """An event about a contact names it, its address or its ticket; a company's name stands on all of its people."""
    told = {**event.before, **event.after}
    ways = (
        ("contact", Contact.id, Contact.id),
        ("address", Address.contact_id, Address.id),
        ("organisation", Contact.id, Contact.organisation_id),
    )
    found: set[int] = set()
    for name, contact_id, key in ways:
        if isinstance(told.get(name), int):
            found |= set(session.scalars(select(contact_id).where(key == told[name])))
            found |= {told[name]} if name == "contact" else set()
    if not found and event.ticket_id:
        found |= set(session.scalars(select(Ticket.contact_id).where(Ticket.id == event.ticket_id)))
    return found


def _documents(session: Session, changed: Changed) -> list[Document]:
    return [
        *search_documents.of_messages(session, changed.messages),
        *search_documents.of_tickets(session, changed.tickets),
        *search_documents.of_contacts(session, changed.contacts),
    ]


def _store(session: Session, documents: Collection[Document]) -> None:
    """In the order of their ids: FTS5 writes down all it holds whenever one is smaller than the one before."""
    kept = sorted(_still_there(session, documents), key=lambda document: search_id(document.kind, document.of_id))
    if not kept:
        return
    rows = [
        {
            "id": search_id(each.kind, each.of_id),
            "kind": each.kind,
            "of_id": each.of_id,
            "ticket_id": each.ticket_id,
            "contact_id": each.contact_id,
            "at": each.at,
        }
        for each in kept
    ]
    put = upsert(table_of(SearchEntry))
    fresh = {name: put.excluded[name] for name in ("ticket_id", "contact_id", "at")}
    session.connection().execute(put.on_conflict_do_update(index_elements=["id"], set_=fresh), rows)
    words = [{"id": row["id"], "stems": each.words} for row, each in zip(rows, kept, strict=True)]
    session.connection().execute(_PUT_WORDS, words)


def _still_there(session: Session, documents: Collection[Document]) -> list[Document]:
    """They were read before this transaction began: a ticket may have been deleted for good since then."""
    tickets = set(session.scalars(select(Ticket.id).where(Ticket.id.in_({each.ticket_id for each in documents}))))
    contacts = set(session.scalars(select(Contact.id).where(Contact.id.in_({each.contact_id for each in documents}))))
    return [each for each in documents if each.ticket_id in {*tickets, None} and each.contact_id in contacts]


def _forget_missing(session: Session, changed: Changed, documents: Collection[Document]) -> None:
    """What was told of and is no more; the trigger takes its words along."""
    there = {search_id(each.kind, each.of_id) for each in documents}
    asked = {search_id(kind, number) for kind in ("message", "note") for number in changed.messages}
    asked |= {search_id("ticket", number) for number in changed.tickets}
    asked |= {search_id("contact", number) for number in changed.contacts}
    if asked - there:
        session.execute(delete(SearchEntry).where(SearchEntry.id.in_(asked - there)))


def _forget_gone(session: Session, ticket_id: int) -> None:
    """Messages were deleted for good, and the ticket stays."""
    said = SearchEntry.kind.in_(("message", "note")) & SearchEntry.of_id.not_in(select(Message.id))
    filed = (SearchEntry.kind == "file") & SearchEntry.of_id.not_in(select(Part.id))
    gone = delete(SearchEntry).where(SearchEntry.ticket_id == ticket_id, said | filed)
    session.execute(gone, execution_options={"synchronize_session": False})


def _has_begun() -> bool:
    with db.session() as session:
        return session.get(Cursor, CONSUMER) is not None


def _mark_of(kind: str) -> str:
    return f"{CONSUMER}.{kind}"


_READ: Mapping[str, Callable[[Session, Collection[int]], list[Document]]] = {
    "message": search_documents.of_messages,
    "ticket": search_documents.of_tickets,
    "contact": search_documents.of_contacts,
}
