"""A message becomes a ticket's, in the caller's transaction: contact → ticket → message, parts, references → events.

This is the hot path: prepared Core statements; the ORM is used only where something is opened or reopened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from appliance import feed
from appliance.models import Connection, Message, Part, Ticket
from appliance.services import entrances, live_fixes, openings, parts, people, spans, statements
from appliance.services.reach import Reach
from appliance.services.statements import AnyRow
from appliance.services.survivors import survivor_of
from appliance.values import IncomingMessage, TicketAnswer

ALBUM_WINDOW = timedelta(hours=1)


@dataclass(frozen=True)
class Accepted:
    """`message_id` None: it was known already. `files` wait to be fetched."""

    message_id: int | None
    ticket_id: int | None = None
    files: tuple[int, ...] = ()


@dataclass(frozen=True)
class Setting:
    """What accept needs beside the message. `quiet`: stored, disturbs nobody."""

    connection: Connection
    journal_id: int | None
    reach: Reach
    answer: TicketAnswer
    quiet: bool = False


def accept(session: Session, incoming: IncomingMessage, setting: Setting) -> Accepted:
    """Store a new message exactly once. The reference decides whether it is new."""
    connection = setting.connection
    if people.reference_of(session, connection.id, incoming.reference) is not None:
        return Accepted(None)
    known = people.meet(session, connection, incoming.chat, incoming.author, from_staff=incoming.from_staff)
    joined = _album_message(session, known.address_id, incoming)
    if joined is not None:
        return _join_album(session, joined, known, incoming, setting)
    ticket = _ticket_for(session, known, incoming, setting)
    message_id = _store(session, known, ticket, incoming, setting)
    files = _add_parts(session, message_id, 0, incoming, setting)
    _account(session, known, ticket, message_id, incoming, setting.quiet)
    return Accepted(message_id, ticket.id, files)


def _album_message(session: Session, address_id: int, incoming: IncomingMessage) -> Message | None:
    if not incoming.album:
        return None
    query = select(Message).where(
        Message.address_id == address_id,
        Message.album == incoming.album[:64],
        Message.at >= incoming.at - ALBUM_WINDOW,
    )
    return session.scalar(query.order_by(Message.id.desc()).limit(1))


def _join_album(
    session: Session, message: Message, known: people.Known, incoming: IncomingMessage, setting: Setting
) -> Accepted:
    """A late item joins the stored message; a caption is kept wherever it stood."""
    first = session.scalar(select(func.count()).select_from(Part).where(Part.message_id == message.id)) or 0
    files = _add_parts(session, message.id, first, incoming, setting)
    if not message.text and message.ticket_id is not None:
        openings.name_later(session, message.ticket_id, incoming, known.name)
    message.text = parts.plain_text(session, message.id)
    feed.append(session, "message_changed", by=known.actor, ticket=message.ticket_id, message=message.id)
    return Accepted(message.id, message.ticket_id, files)


def _ticket_for(session: Session, known: people.Known, incoming: IncomingMessage, setting: Setting) -> AnyRow:
    answer = setting.answer
    if answer.ticket_id is not None:
        row = _row(session, answer.ticket_id)
        if row is not None and row.contact_id == known.contact_id:
            _note_arrival(session, row.id, known, incoming)
            return row if incoming.from_staff or setting.quiet else _stirred(session, row, known, answer)
    opened = openings.open_ticket(session, known, incoming, setting.connection, answer.previous_id, setting.quiet)
    return session.connection().execute(statements.TICKET, {"id": opened}).one()


def _note_arrival(session: Session, ticket_id: int, known: people.Known, incoming: IncomingMessage) -> None:
    """Who had come by a way in once more, and has a ticket already."""
    if known.entrance_id is None or incoming.from_staff:
        return
    ticket = session.get_one(Ticket, ticket_id, populate_existing=True)
    entrances.note_arrival(session, ticket, known.entrance_id, known.actor)
    entrances.forget(session, known.address_id)
    session.flush()


def _stirred(session: Session, row: AnyRow, known: people.Known, answer: TicketAnswer) -> AnyRow:
    """Reopened or woken by the message. Staff may have finished the ticket since the question was asked: then, too,
    the message reopens it."""
    if row.stage == "done" and not answer.quietly:
        spans.reopen(session, session.get_one(Ticket, row.id, populate_existing=True), by=known.actor)
    elif row.stage == "snoozed":
        spans.wake(session, session.get_one(Ticket, row.id, populate_existing=True), by=known.actor)
    else:
        return row
    session.flush()
    return session.connection().execute(statements.TICKET, {"id": row.id}).one()


def _row(session: Session, ticket_id: int) -> AnyRow | None:
    """Since the question was asked, somebody may have made it part of another one."""
    row = session.connection().execute(statements.TICKET, {"id": ticket_id}).first()
    if row is None or row.merged_into_id is None:
        return row
    return session.connection().execute(statements.TICKET, {"id": survivor_of(session, ticket_id)}).first()


def _store(session: Session, known: people.Known, ticket: AnyRow, incoming: IncomingMessage, setting: Setting) -> int:
    values = {
        "ticket_id": ticket.id,
        "address_id": known.address_id,
        "kind": "reply" if incoming.from_staff else "incoming",
        "author_external_id": incoming.author.external_id[:128],
        "author_name": (incoming.author.name or known.name)[:200],
        "text": "\n".join(part.text for part in incoming.parts if part.text),
        "at": incoming.at,
        "reply_to_id": _replied_to(session, incoming, setting.connection.id),
        "quote": incoming.quote,
        "forwarded_from": incoming.forwarded_from[:200],
        "album": incoming.album[:64],
        "journal_id": setting.journal_id,
    }
    return int(session.connection().execute(statements.ADD_MESSAGE, values).scalar_one())


def _replied_to(session: Session, incoming: IncomingMessage, connection_id: int) -> int | None:
    if incoming.reply_to is None:
        return None
    reference = people.reference_of(session, connection_id, incoming.reply_to)
    return reference.message_id if reference else None


def _add_parts(
    session: Session, message_id: int, first: int, incoming: IncomingMessage, setting: Setting
) -> tuple[int, ...]:
    added = [
        parts.add(session, message_id, position, item, setting.connection.id, setting.reach)
        for position, item in enumerate(incoming.parts, start=first)
    ]
    values = {
        "connection_id": setting.connection.id,
        "chat": incoming.reference.chat,
        "external_id": incoming.reference.message,
        "message_id": message_id,
        "part_id": added[0].id if added else None,
    }
    session.connection().execute(statements.ADD_REFERENCE, values)
    for item, part in zip(incoming.parts, added, strict=True):
        if item.data.get("live"):
            live_fixes.begin(session, message_id, part.id, incoming.at, item.data)
    return tuple(file_id for part in added for file_id in part.fetch)


def _account(
    session: Session, known: people.Known, ticket: AnyRow, message_id: int, incoming: IncomingMessage, quiet: bool
) -> None:
    """Whose turn it is now, what lists show, and the news."""
    silent = (quiet or (ticket.shelf != "none" and ticket.quiet)) and not incoming.from_staff
    latest = max(ticket.last_message_at, incoming.at)
    received = {"ticket": ticket.id, "message": message_id, "at": latest, "silent": int(silent)}
    session.connection().execute(statements.RECEIVED, received)
    event: dict[str, Any] = {"kind": "reply" if incoming.from_staff else "incoming"}
    if incoming.from_staff:
        spans.answered(session, session.get_one(Ticket, ticket.id, populate_existing=True), incoming.at)
        feed.append(session, "message_sent", ticket=ticket.id, message=message_id, after=event)
        return
    if silent:
        event["silenced"] = True
    elif ticket.stage != "done" and ticket.waiting_for != "us":
        session.connection().execute(statements.WAITS, {"ticket": ticket.id, "turn": "us", "since": incoming.at})
    feed.append(session, "message_received", by=known.actor, ticket=ticket.id, message=message_id, after=event)
