"""A letter for one address: checked against what its connection can carry, then cut into legal pieces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from appliance.models import Address, Connection, File, Message, MessageRef, RemoteCopy, Ticket
from appliance.services import (
    connections,
    letters,
    markup,
    opened,
    options,
    places,
    reply_files,
    signatures,
    stored_parts,
)
from appliance.services.letters import Letter, OutboxError
from appliance.services.visibility import visible_to
from appliance.values import Actor, Capabilities, Outgoing, OutgoingPart, Piece, PlanError, Reference


@dataclass(frozen=True)
class Composed:
    """`outgoing` as it is stored, without the signature; `options` as the message's row keeps them."""

    connection_id: int
    outgoing: Outgoing
    options: Mapping[str, Any]

    @classmethod
    def inside(cls, parts: tuple[OutgoingPart, ...]) -> Composed:
        """Words that stay in the house."""
        return cls(0, Outgoing("", parts), {})


def compose(session: Session, address_id: int, letter: Letter, by: Actor) -> Composed:
    """Raises OutboxError."""
    address = session.get_one(Address, address_id)
    connection = session.get(Connection, address.connection_id)
    if connection is None:
        raise OutboxError("no_connection")
    if address.blocked_at is not None:
        raise OutboxError("blocked")
    limits = limits_of(connection.id)
    if (link := opened.invitation(session, address, limits)) is not None:
        raise OutboxError("cannot_write_first", link=link)
    if letter.kind == "reply":
        letters.check_gaps(letter.text)
    manner = letters.check_manner(letter.manner, limits)
    marked = limits.formatting and letter.kind == "reply"
    parts = compose_parts(session, letter, by, connection.id, marked=marked)
    _check_kinds(parts, limits)
    signature = signatures.of(by) if connection.signature and letter.kind == "reply" else ""
    outgoing = Outgoing(address.external_id, parts, reference(session, address, letter.reply_to), manner)
    return Composed(connection.id, outgoing, options.to_json(manner, signature))


def cut(connection_id: int, outgoing: Outgoing, kept: Mapping[str, Any]) -> tuple[Piece, ...]:
    """The channel's pieces, signature and all. Raises OutboxError."""
    channel = connections.channel_of(connection_id)
    try:
        return channel.plan(replace(outgoing, parts=signatures.signed(outgoing.parts, options.signature_of(kept))))
    except PlanError as error:
        raise OutboxError("plan", channel=channel.name, reason=error.code, params=error.params) from None


def limits_of(connection_id: int) -> Capabilities:
    """What this connection can carry. Raises OutboxError."""
    found = connections.abilities(connection_id)
    if found is None:
        raise OutboxError("no_connection")
    return found


def compose_parts(
    session: Session, letter: Letter, by: Actor, connection_id: int | None, *, marked: bool
) -> tuple[OutgoingPart, ...]:
    """Text travels as the first file's caption; without files it is a part of its own. Places come last."""
    letters.check_length(letter.text)
    text, entities = markup.read_marks(letter.text.strip()) if marked else (letter.text.strip(), ())
    if not text and not letter.file_ids and not letter.parts:
        raise OutboxError("empty")
    made = [_file_part(session, letter, file_id, connection_id, by) for file_id in letter.file_ids]
    if text and made:
        made[0] = replace(made[0], text=text, entities=entities)
    elif text:
        made = [OutgoingPart(0, "text", text=text, entities=entities, data=letter.data)]
    made += places.checked(letter.parts)
    return tuple(replace(part, position=position) for position, part in enumerate(made))


def quotable(session: Session, ticket: Ticket, message_id: int | None, by: Actor) -> int | None:
    """The chosen message, if it was said in this conversation, be it in an older ticket, and this person may see it."""
    if message_id is None:
        return None
    query = (
        select(Message.id)
        .join(Ticket, Ticket.id == Message.ticket_id)
        .where(Message.id == message_id, Message.kind != "note", visible_to(by))
        .where((Message.ticket_id == ticket.id) | (Message.address_id == ticket.address_id))
    )
    return session.scalar(query)


def reference(session: Session, address: Address, message_id: int | None) -> Reference | None:
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


def remote_id(session: Session, file_id: int, connection_id: int | None, kind: str) -> str:
    """What the messenger calls a file it already holds as this kind; ''."""
    query = select(RemoteCopy.remote_id).where(
        RemoteCopy.file_id == file_id, RemoteCopy.connection_id == connection_id, RemoteCopy.kind == kind
    )
    return session.scalar(query) or ""


def _file_part(session: Session, letter: Letter, file_id: int, connection_id: int | None, by: Actor) -> OutgoingPart:
    query = select(File).where(File.id == file_id, File.state == "ready")
    if by.kind == "agent":
        query = query.where(or_(File.uploaded_by == by.id, reply_files.offered_to(by)))
    file = session.scalar(query)
    if file is None:
        raise OutboxError("file_gone")
    kind = letter.kinds.get(file_id, file.kind)
    known = remote_id(session, file.id, connection_id, kind)
    made = OutgoingPart(0, kind, file_id=file.id, remote_id=known)  # type: ignore[arg-type]  # checked when received
    return stored_parts.with_file(made, file)


def _check_kinds(parts: Sequence[OutgoingPart], limits: Capabilities) -> None:
    for part in parts:
        if part.kind in places.KINDS and part.kind not in limits.kinds_out:
            raise OutboxError("cannot_send")
        if part.size > limits.upload_limit > 0:
            raise OutboxError("too_large", name=part.name, limit=limits.upload_limit >> 20)
