"""A message becomes a ticket's, in the caller's transaction: contact → ticket → message, parts, references → events."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from appliance import feed
from appliance.models import Connection, File, Message, MessageRef, Part, Ticket, TicketTemplate, now
from appliance.services import people, spans
from appliance.values import IncomingMessage, IncomingPart, RemoteFile, TicketAnswer

ALBUM_WINDOW = timedelta(hours=1)


@dataclass(frozen=True)
class Accepted:
    """`message_id` None: it was known already. `files` wait to be fetched."""

    message_id: int | None
    ticket_id: int | None = None
    files: tuple[int, ...] = ()


@dataclass(frozen=True)
class Setting:
    """What accept needs beside the message."""

    connection: Connection
    journal_id: int | None
    download_limit: int
    answer: TicketAnswer


def accept(session: Session, incoming: IncomingMessage, setting: Setting) -> Accepted:
    """Store a new message exactly once. The reference decides whether it is new."""
    connection = setting.connection
    reference = incoming.reference
    if people.reference_of(session, connection.id, reference.chat, reference.message) is not None:
        return Accepted(None)
    known = people.meet(session, connection, incoming.chat, incoming.author, from_staff=incoming.from_staff)
    if known.address.blocked_at is not None and not incoming.from_staff:
        people.block(session, known.address, False)
    joined = _album_message(session, known.address.id, incoming)
    if joined is not None:
        files = _add_parts(session, joined, incoming, setting)
        _retell(session, joined)
        feed.append(session, "message_changed", by=known.actor, ticket=joined.ticket_id, message=joined.id)
        return Accepted(joined.id, joined.ticket_id, files)
    ticket = _ticket_for(session, known, incoming, setting)
    message = _store(session, known, ticket, incoming, setting)
    files = _add_parts(session, message, incoming, setting)
    _account(session, known, ticket, message, incoming, setting.answer)
    return Accepted(message.id, ticket.id, files)


def plain_text(parts: list[Part]) -> str:
    """All words of a message, for lists and search."""
    return "\n".join(part.text for part in parts if part.text)


def _album_message(session: Session, address_id: int, incoming: IncomingMessage) -> Message | None:
    if not incoming.album:
        return None
    query = select(Message).where(
        Message.address_id == address_id,
        Message.album == incoming.album,
        Message.at >= incoming.at - ALBUM_WINDOW,
    )
    return session.scalar(query.order_by(Message.id.desc()).limit(1))


def _ticket_for(session: Session, known: people.Known, incoming: IncomingMessage, setting: Setting) -> Ticket:
    answer = setting.answer
    if answer.ticket_id is not None:
        ticket = session.get(Ticket, answer.ticket_id)
        if ticket is not None and ticket.contact_id == known.contact.id:
            # Staff may have finished it since the question was asked: then this message reopens it.
            if ticket.stage == "done" and not answer.quietly and not incoming.from_staff:
                spans.reopen(session, ticket, by=known.actor)
            elif ticket.stage == "snoozed" and not incoming.from_staff:
                spans.wake(session, ticket, by=known.actor)
            return ticket
    return open_ticket(session, known, incoming, setting)


def open_ticket(session: Session, known: people.Known, incoming: IncomingMessage, setting: Setting) -> Ticket:
    """A new ticket from the connection's template."""
    template = session.get(TicketTemplate, setting.connection.template_id or 0)
    text = next((part.text for part in incoming.parts if part.text.strip()), "")
    ticket = Ticket(
        subject=_subject(template.subject if template else "{text}", text, known.contact.name),
        contact_id=known.contact.id,
        connection_id=setting.connection.id,
        address_id=known.address.id,
        template_id=template.id if template else None,
        team_id=template.team_id if template else None,
        assignee_id=template.assignee_id if template else None,
        priority=template.priority if template else 0,
        previous_id=setting.answer.previous_id,
        waiting_since=incoming.at,
        started_by="staff" if incoming.from_staff else "contact",
        last_message_at=incoming.at,
    )
    first = session.scalar(select(func.max(Ticket.id))) is None
    if first:
        ticket.id = spans.FIRST_NUMBER
    session.add(ticket)
    session.flush()
    spans.tag(session, ticket.id, list(template.tags) if template else [])
    # A greeting that came before any ticket belongs to the first one.
    session.execute(
        update(Message)
        .where(Message.address_id == known.address.id, Message.ticket_id.is_(None))
        .values(ticket_id=ticket.id)
    )
    feed.append(
        session, "ticket_created", by=known.actor, ticket=ticket.id, after={"start": known.address.start_payload}
    )
    return ticket


def _subject(pattern: str, text: str, name: str) -> str:
    line = " ".join(text.split())
    short = line if len(line) <= 80 else line[:79].rsplit(" ", 1)[0] + "…"
    return pattern.replace("{text}", short).replace("{name}", name).strip()[:200]


def _store(
    session: Session, known: people.Known, ticket: Ticket, incoming: IncomingMessage, setting: Setting
) -> Message:
    message = Message(
        ticket_id=ticket.id,
        address_id=known.address.id,
        kind="reply" if incoming.from_staff else "incoming",
        author_external_id=incoming.author.external_id[:128],
        author_name=(incoming.author.name or known.contact.name)[:200],
        text="\n".join(part.text for part in incoming.parts if part.text),
        at=incoming.at,
        reply_to_id=_replied_to(session, incoming, setting.connection.id),
        quote=incoming.quote,
        forwarded_from=incoming.forwarded_from[:200],
        album=incoming.album[:64],
        journal_id=setting.journal_id,
    )
    session.add(message)
    session.flush()
    return message


def _replied_to(session: Session, incoming: IncomingMessage, connection_id: int) -> int | None:
    if incoming.reply_to is None:
        return None
    reference = people.reference_of(session, connection_id, incoming.reply_to.chat, incoming.reply_to.message)
    return reference.message_id if reference else None


def _add_parts(session: Session, message: Message, incoming: IncomingMessage, setting: Setting) -> tuple[int, ...]:
    first = session.scalar(select(func.count()).select_from(Part).where(Part.message_id == message.id)) or 0
    files = []
    part_id: int | None = None
    for position, item in enumerate(incoming.parts, start=first):
        part = make_part(session, message.id, position, item, setting.connection.id, setting.download_limit)
        part_id = part_id or part.id
        if part.file_id is not None:
            files.append(part.file_id)
    session.execute(
        insert(MessageRef),
        [
            {
                "connection_id": setting.connection.id,
                "chat": incoming.reference.chat,
                "external_id": incoming.reference.message,
                "message_id": message.id,
                "part_id": part_id,
            }
        ],
    )
    return tuple(files)


def make_part(
    session: Session, message_id: int, position: int, item: IncomingPart, connection_id: int, limit: int
) -> Part:
    """One part with its file row; a file over the channel's limit is known to be out of reach at once."""
    part = Part(
        message_id=message_id,
        position=position,
        kind=item.kind,
        text=item.text,
        entities=[asdict(entity) for entity in item.entities],
        data=dict(item.data),
    )
    if item.file is not None:
        part.file_id = make_file(session, item.kind, item.file, connection_id, limit)
    session.add(part)
    session.flush()
    return part


def make_file(session: Session, kind: str, remote: RemoteFile, connection_id: int, limit: int) -> int:
    """A row for a file still at the messenger; answers its id."""
    file = File(
        kind=kind,
        name=remote.name[:255],
        mime=remote.mime[:120],
        size=remote.size,
        width=remote.width,
        height=remote.height,
        duration=remote.duration,
        connection_id=connection_id,
        remote_id=remote.remote_id[:255],
        remote_unique_id=remote.unique_id[:255],
        state="too_large" if remote.size is not None and remote.size > limit else "waiting",
    )
    session.add(file)
    session.flush()
    return file.id


def _retell(session: Session, message: Message) -> None:
    parts = list(session.scalars(select(Part).where(Part.message_id == message.id).order_by(Part.position)))
    message.text = plain_text(parts)


def _account(
    session: Session,
    known: people.Known,
    ticket: Ticket,
    message: Message,
    incoming: IncomingMessage,
    answer: TicketAnswer,
) -> None:
    """Whose turn it is now, what lists show, and the news."""
    ticket.last_message_id = message.id
    ticket.last_message_at = max(ticket.last_message_at, incoming.at)
    event: dict[str, Any] = {"kind": message.kind}
    if incoming.from_staff:
        _answered(ticket, incoming.at)
        feed.append(session, "message_sent", ticket=ticket.id, message=message.id, after=event)
        return
    if ticket.shelf != "none" and ticket.quiet:
        ticket.silenced += 1
        event["silenced"] = True
    elif ticket.stage != "done" and ticket.waiting_for != "us":
        ticket.waiting_for = "us"
        ticket.waiting_since = incoming.at
    feed.append(session, "message_received", by=known.actor, ticket=ticket.id, message=message.id, after=event)


def _answered(ticket: Ticket, at: datetime) -> None:
    ticket.waiting_for = "customer"
    ticket.waiting_since = at
    ticket.last_reply_at = at
    ticket.answered_at = ticket.answered_at or now()
