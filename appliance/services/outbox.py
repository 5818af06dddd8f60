"""Writing to a customer, or a note to colleagues: message and delivery in one commit; the worker does the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db, feed, queue
from appliance.models import (
    Address,
    Connection,
    Delivery,
    DeliveryPiece,
    File,
    Message,
    MessageRef,
    Part,
    RemoteCopy,
    Ticket,
    now,
)
from appliance.services import connections, spans
from appliance.services.visibility import visible_to
from appliance.values import SYSTEM, Actor, Outgoing, OutgoingPart, PartKind, Piece, Reference

AUTOMATIC = "auto"


class OutboxError(Exception):
    """Nothing was stored. `code`: not_found, empty, no_address, blocked, no_connection, file_gone, too_large."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Letter:
    """What is to be said, before it is anybody's message."""

    kind: str
    text: str
    file_ids: Sequence[int] = ()
    kinds: Mapping[int, PartKind] = field(default_factory=dict)
    reply_to: int | None = None
    undo_seconds: float = 0
    key: str | None = None


def reply(
    ticket_id: int,
    by: Actor,
    text: str,
    file_ids: Sequence[int] = (),
    kinds: Mapping[int, PartKind] | None = None,
    reply_to: int | None = None,
    undo_seconds: float = 0,
    key: str = "",
) -> int:
    """Answer the customer; the message's id. Raises OutboxError.

    `key` is the sender's own name for this letter: posted a second time, because the answer to the first post was
    lost, it is the same message."""
    letter = Letter("reply", text, file_ids, kinds or {}, reply_to, undo_seconds, _key(by, ticket_id, key))
    with db.session() as session:
        ticket = _ticket(session, ticket_id, by)
        if (known := _said(session, letter.key)) is not None:
            return known
        if ticket.address_id is None:
            raise OutboxError("no_address")
        address_id = ticket.address_id
        outgoing, connection_id = _compose(session, address_id, letter, by)
    pieces = connections.channel_of(connection_id).plan(outgoing)
    with db.write() as session:
        if (known := _said(session, letter.key)) is not None:
            return known
        ticket = session.get_one(Ticket, ticket_id)
        message = _store(session, ticket_id, address_id, letter, by, outgoing)
        _deliver(session, message, address_id, connection_id, pieces, letter.undo_seconds)
        _answered(session, ticket, message, by)
    queue.wake("deliver", address_id, priority=10, delay=letter.undo_seconds)
    return message.id


def note(ticket_id: int, by: Actor, text: str, file_ids: Sequence[int] = (), key: str = "") -> int:
    """Write for colleagues only: no delivery is made, so nothing can leave. `key`: see reply(). Raises OutboxError."""
    letter = Letter("note", text, file_ids, key=_key(by, ticket_id, key))
    with db.session() as session:
        _ticket(session, ticket_id, by)
        parts = _parts(session, letter, None, by)
    with db.write() as session:
        if (known := _said(session, letter.key)) is not None:
            return known
        ticket = session.get_one(Ticket, ticket_id)
        message = _store(session, ticket_id, ticket.address_id, letter, by, Outgoing("", parts))
        ticket.last_message_id, ticket.last_message_at = message.id, message.at
        feed.append(session, "message_sent", by=by, ticket=ticket_id, message=message.id, after={"kind": "note"})
    return message.id


def automatic(address_id: int, text: str, key: str, ticket_id: int | None, cause: int | None = None) -> int | None:
    """Say something by ourselves, once for each key; None when it has been said. Raises OutboxError."""
    letter = Letter(AUTOMATIC, text, key=key)
    with db.session() as session:
        if _said(session, key) is not None:
            return None
        outgoing, connection_id = _compose(session, address_id, letter, SYSTEM)
    pieces = connections.channel_of(connection_id).plan(outgoing)
    with db.write() as session:
        if _said(session, key) is not None:
            return None
        message = _store(session, ticket_id, address_id, letter, SYSTEM, outgoing)
        _deliver(session, message, address_id, connection_id, pieces, 0)
        feed.append(
            session, "message_sent", ticket=ticket_id, message=message.id, cause=cause, after={"kind": AUTOMATIC}
        )
    queue.wake("deliver", address_id)
    return message.id


def _key(by: Actor, ticket_id: int, key: str) -> str | None:
    return f"{by.kind}:{by.id}:{ticket_id}:{key}"[:128] if key else None


def _said(session: Session, key: str | None) -> int | None:
    """The message that was stored under this key."""
    return session.scalar(select(Message.id).where(Message.key == key)) if key else None


def _ticket(session: Session, ticket_id: int, by: Actor) -> Ticket:
    ticket = session.scalar(select(Ticket).where(Ticket.id == ticket_id, visible_to(by)))
    if ticket is None:
        raise OutboxError("not_found")
    return ticket


def _compose(session: Session, address_id: int, letter: Letter, by: Actor) -> tuple[Outgoing, int]:
    address = session.get_one(Address, address_id)
    connection = session.get(Connection, address.connection_id)
    if connection is None:
        raise OutboxError("no_connection")
    if address.blocked_at is not None:
        raise OutboxError("blocked")
    parts = _parts(session, letter, connection.id, by)
    limit = connections.channel_of(connection.id).capabilities.upload_limit
    for part in parts:
        if part.size > limit:
            raise OutboxError("too_large", name=part.name, limit=limit >> 20)
    return Outgoing(address.external_id, parts, _reference(session, address, letter.reply_to)), connection.id


def _parts(session: Session, letter: Letter, connection_id: int | None, by: Actor) -> tuple[OutgoingPart, ...]:
    """Text travels as the first file's caption; without files it is a part of its own."""
    text = letter.text.strip()
    if not text and not letter.file_ids:
        raise OutboxError("empty")
    if not letter.file_ids:
        return (OutgoingPart(0, "text", text=text),)
    made = []
    for position, file_id in enumerate(letter.file_ids):
        file = session.get(File, file_id)
        if file is None or file.state != "ready" or (by.kind == "agent" and file.uploaded_by != by.id):
            raise OutboxError("file_gone")
        kind = letter.kinds.get(file_id, file.kind)
        made.append(
            OutgoingPart(
                position,
                kind,  # type: ignore[arg-type]  # checked when the file was received
                text=text if position == 0 else "",
                file_id=file.id,
                name=file.name,
                mime=file.mime,
                size=file.size or 0,
                width=file.width,
                height=file.height,
                duration=round(file.duration) if file.duration else None,
                remote_id=_remote_id(session, file.id, connection_id, kind),
            )
        )
    return tuple(made)


def _remote_id(session: Session, file_id: int, connection_id: int | None, kind: str) -> str:
    query = select(RemoteCopy.remote_id).where(
        RemoteCopy.file_id == file_id, RemoteCopy.connection_id == connection_id, RemoteCopy.kind == kind
    )
    return session.scalar(query) or ""


def _reference(session: Session, address: Address, message_id: int | None) -> Reference | None:
    """The quoted message as the messenger numbers it; one of another chat is not quoted."""
    if message_id is None:
        return None
    query = (
        select(MessageRef)
        .join(Message, Message.id == MessageRef.message_id)
        .where(MessageRef.connection_id == address.connection_id, MessageRef.message_id == message_id)
        .where(Message.address_id == address.id)
    )
    found = session.scalars(query.order_by(MessageRef.id).limit(1)).first()
    return Reference(found.chat, found.external_id) if found else None


def _store(
    session: Session, ticket_id: int | None, address_id: int | None, letter: Letter, by: Actor, outgoing: Outgoing
) -> Message:
    message = Message(
        ticket_id=ticket_id,
        address_id=address_id,
        kind=letter.kind,
        agent_id=by.id if by.kind == "agent" else None,
        author_name=by.name[:200],
        text=letter.text.strip(),
        reply_to_id=letter.reply_to,
        key=letter.key,
    )
    session.add(message)
    session.flush()
    for part in outgoing.parts:
        row = Part(message_id=message.id, position=part.position, kind=part.kind, text=part.text, file_id=part.file_id)
        row.entities = [asdict(entity) for entity in part.entities]
        session.add(row)
    return message


def _deliver(
    session: Session,
    message: Message,
    address_id: int,
    connection_id: int,
    pieces: Sequence[Piece],
    undo_seconds: float,
) -> None:
    delivery = Delivery(message_id=message.id, address_id=address_id, connection_id=connection_id)
    if undo_seconds > 0:
        delivery.not_before = now() + timedelta(seconds=undo_seconds)
    session.add(delivery)
    session.flush()
    add_pieces(session, delivery.id, pieces)


def add_pieces(session: Session, delivery_id: int, pieces: Sequence[Piece]) -> None:
    """Rows for what `Channel.plan` cut."""
    for position, piece in enumerate(pieces):
        session.add(
            DeliveryPiece(
                delivery_id=delivery_id,
                position=position,
                kind=piece.kind,
                payload=dict(piece.payload),
                parts=list(piece.parts),
                files=dict(piece.files),
            )
        )


def _answered(session: Session, ticket: Ticket, message: Message, by: Actor) -> None:
    """A reply turns the ticket to the customer; the first one to an unclaimed ticket takes it."""
    ticket.last_message_id, ticket.last_message_at = message.id, message.at
    spans.answered(session, ticket, message.at)
    if ticket.stage == "snoozed":
        spans.wake(session, ticket, by)
    if ticket.assignee_id is None and by.kind == "agent" and ticket.stage != "done":
        spans.change(session, ticket, by, assignee_id=by.id)
    feed.append(session, "message_sent", by=by, ticket=ticket.id, message=message.id, after={"kind": "reply"})
