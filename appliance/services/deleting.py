"""A ticket deleted for good: its messages, their files, what the messenger sent of them, everything that names them.

It is a person's act and never a timer's. The number is typed once more, and the log keeps that it was done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import (
    Arrangement,
    Event,
    File,
    InboundUpdate,
    Message,
    MessageVersion,
    Part,
    Rendition,
    SavedReplyFile,
    Ticket,
)
from appliance.services import reclaiming
from appliance.services.tickets import TicketError
from appliance.services.visibility import visible_to
from appliance.values import Actor

MOST = 500
# Whoever keeps bytes writes the row that needs them at once: what has lain here for so long without one is nobody's.
SETTLED_SECONDS = 600.0


def delete_ticket(ticket_id: int, typed: str, by: Actor) -> None:
    """From the trash or the spam shelf; `typed` is its number, for whoever meant another one. Their next message
    opens a new ticket. Raises TicketError: not_found, not_allowed, not_shelved, not_confirmed."""
    if by.kind == "agent" and by.role not in ("owner", "manager"):
        raise TicketError("not_allowed")
    if typed.strip().lstrip("№#").strip() != str(ticket_id):
        raise TicketError("not_confirmed")
    with db.write() as session:
        ticket = session.scalar(select(Ticket).where(Ticket.id == ticket_id, visible_to(by)))
        if ticket is None:
            raise TicketError("not_found")
        if ticket.shelf == "none":
            raise TicketError("not_shelved")
        numbers = family(session, [ticket_id])
        names = remove_tickets(session, numbers)
        # No ticket of the feed's any more: the number stands in the words.
        feed.append(session, "ticket_deleted", by=by, after={"number": ticket_id, "tickets": numbers})
    reclaiming.reclaim(names, SETTLED_SECONDS)


def family(session: Session, ticket_ids: Collection[int]) -> list[int]:
    """With their subtasks and what was merged into them, to any depth."""
    known: set[int] = set()
    new = set(ticket_ids)
    while new:
        known |= new
        found: set[int] = set()
        for some in portions(new):
            query = select(Ticket.id).where(or_(Ticket.parent_id.in_(some), Ticket.merged_into_id.in_(some)))
            found.update(session.scalars(query))
        new = found - known
    return sorted(known)


def remove_tickets(session: Session, ticket_ids: Sequence[int]) -> set[str]:
    """In the caller's transaction; the names of bytes that may be nobody's now."""
    found = [number for some in portions(ticket_ids) for number in _messages_of(session, some)]
    names = remove_messages(session, found)
    for some in portions(ticket_ids):
        _let_go(session, some)
        session.execute(delete(Event).where(Event.ticket_id.in_(some)))
        tickets = Arrangement.kind != "contacts"
        named = or_(Arrangement.from_id.in_(some), Arrangement.into_id.in_(some))
        session.execute(delete(Arrangement).where(tickets, named))
        session.execute(delete(Ticket).where(Ticket.id.in_(some)))
        for number in some:
            # Lists and pages that show it hear of it; of what it was, the trail keeps the number alone.
            feed.append(session, "ticket_gone", ticket=number)
    return names


def remove_messages(session: Session, message_ids: Sequence[int]) -> set[str]:
    """Messages with their parts, references, versions, deliveries and files, and the journal rows they came in; in
    the caller's transaction."""
    names: set[str] = set()
    for some in portions(message_ids):
        rows = set(session.scalars(select(Message.journal_id).where(Message.id.in_(some))))
        files = _files_of(session, some)
        session.execute(delete(Event).where(Event.message_id.in_(some)))
        session.execute(delete(Message).where(Message.id.in_(some)))
        session.execute(delete(InboundUpdate).where(InboundUpdate.id.in_(rows - {None})))
        names |= _remove_files(session, files)
    return names


def _let_go(session: Session, some: Sequence[int]) -> None:
    """Tickets that stay name these no more."""
    for column in (Ticket.parent_id, Ticket.previous_id, Ticket.merged_into_id):
        session.execute(update(Ticket).where(column.in_(some)).values({column: None}))


def _files_of(session: Session, message_ids: Sequence[int]) -> set[int]:
    found = set(session.scalars(select(Part.file_id).where(Part.message_id.in_(message_ids))))
    versions = session.scalars(select(MessageVersion.parts).where(MessageVersion.message_id.in_(message_ids)))
    found.update(part.get("file_id") for parts in versions for part in parts)
    whole = {number for number in found if number is not None}
    small = session.scalars(select(File.thumbnail_id).where(File.id.in_(whole), File.thumbnail_id.is_not(None)))
    return whole | {number for number in small if number is not None}


def _remove_files(session: Session, file_ids: Collection[int]) -> set[str]:
    """Those that nothing shows any more; a saved reply's file was only sent along."""
    names: set[str] = set()
    for some in portions(file_ids):
        shown = set(session.scalars(select(Part.file_id).where(Part.file_id.in_(some))))
        shown |= set(session.scalars(select(SavedReplyFile.file_id).where(SavedReplyFile.file_id.in_(some))))
        shown |= set(session.scalars(select(File.thumbnail_id).where(File.thumbnail_id.in_(some), ~File.id.in_(some))))
        gone = [number for number in some if number not in shown]
        names.update(session.scalars(select(File.sha256).where(File.id.in_(gone))))
        names.update(session.scalars(select(Rendition.sha256).where(Rendition.file_id.in_(gone))))
        session.execute(delete(File).where(File.id.in_(gone)))
    return names - {""}


def _messages_of(session: Session, some: Sequence[int]) -> Sequence[int]:
    return session.scalars(select(Message.id).where(Message.ticket_id.in_(some))).all()


def portions(numbers: Collection[int]) -> Iterator[list[int]]:
    """As many as one statement names; the newest first, so that nothing is left naming what is gone."""
    ordered = sorted(numbers, reverse=True)
    for start in range(0, len(ordered), MOST):
        yield ordered[start : start + MOST]
