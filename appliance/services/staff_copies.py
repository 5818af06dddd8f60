"""A customer's file sent on to one of the staff by the same bot: by the id it has there, so it may be of any size."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db, feed, queue
from appliance.db import upsert
from appliance.language import mark, translate
from appliance.models import Address, Agent, AgentAddress, Delivery, File, Message, Part, RemoteCopy
from appliance.services import connections, delivery_rows, files, stored_parts
from appliance.values import Actor, Outgoing, OutgoingPart, PartKind, Piece, PlanError

KIND = "copy"
CAPTION = mark("From ticket No. {number}")
LOOK_SECONDS = 0.1
Outcome = Literal["sent", "failed", "uncertain", "under_way"]


class CopyError(Exception):
    """Nothing was sent. `code`: not_found, not_held (no messenger has it), not_linked, copy_blocked, cannot_copy."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class _Target:
    """Where it goes; everything of the file that the messenger wants to hear again."""

    file: File
    connection_id: int
    address: Address
    ticket_id: int | None
    caption: str


def copy(file_id: int, by: Actor) -> int:
    """Send it to this person's own chat with the bot that received it; the delivery's id. Raises CopyError."""
    with db.session() as session:
        target = _target(session, file_id, by)
    pieces = _plan(target)
    with db.write() as session:
        delivery_id = _store(session, target, by, pieces)
    queue.wake("deliver", target.address.id, priority=10)
    return delivery_id


def is_linked(by: Actor, file_id: int) -> bool:
    """Whether this person's own chat with the bot that received the file is known."""
    with db.session() as session:
        query = select(AgentAddress.id).join(File, File.connection_id == AgentAddress.connection_id)
        return session.scalar(query.where(AgentAddress.agent_id == by.id, File.id == file_id)) is not None


def wait_for(delivery_id: int, seconds: float) -> tuple[Outcome, Delivery]:
    """How it went, as far as that is known after so many seconds."""
    end = time.monotonic() + seconds
    while True:
        with db.session() as session:
            delivery = session.get_one(Delivery, delivery_id)
        outcome = _outcome(delivery)
        if outcome != "under_way" or time.monotonic() >= end:
            return outcome, delivery
        time.sleep(LOOK_SECONDS)


def _outcome(delivery: Delivery) -> Outcome:
    if delivery.state in ("queued", "sending"):
        return "under_way"
    return cast(Outcome, delivery.state) if delivery.state in ("sent", "uncertain") else "failed"


def _target(session: Session, file_id: int, by: Actor) -> _Target:
    file = files.visible(session, file_id, by)
    if file is None:
        raise CopyError("not_found")
    if not file.remote_id or file.connection_id is None:
        raise CopyError("not_held")
    query = select(Address).join(AgentAddress, AgentAddress.address_id == Address.id)
    address = session.scalar(
        query.where(AgentAddress.agent_id == by.id, AgentAddress.connection_id == file.connection_id)
    )
    if address is None:
        raise CopyError("not_linked")
    if address.blocked_at is not None:
        raise CopyError("copy_blocked")
    ticket_id = _ticket_of(session, file_id)
    return _Target(file, file.connection_id, address, ticket_id, _caption(session, ticket_id, by))


def _ticket_of(session: Session, file_id: int) -> int | None:
    query = select(Message.ticket_id).join(Part, Part.message_id == Message.id).where(Part.file_id == file_id)
    return session.scalar(query.where(Message.ticket_id.is_not(None)).order_by(Message.id.desc()).limit(1))


def _caption(session: Session, ticket_id: int | None, by: Actor) -> str:
    """Where it came from, in the reader's language."""
    language = session.scalar(select(Agent.language).where(Agent.id == by.id)) or "en"
    return translate(CAPTION, language, number=ticket_id) if ticket_id is not None else ""


def _plan(target: _Target) -> tuple[Piece, ...]:
    file = target.file
    # Without a file of ours: the bytes may not be here, and need not be; the size is no hindrance.
    made = OutgoingPart(0, cast(PartKind, file.kind), text=target.caption, remote_id=file.remote_id)
    part = replace(stored_parts.with_file(made, file), size=0)
    try:
        return connections.channel_of(target.connection_id).plan(Outgoing(target.address.external_id, (part,)))
    except PlanError:
        raise CopyError("cannot_copy") from None


def _store(session: Session, target: _Target, by: Actor, pieces: tuple[Piece, ...]) -> int:
    """A message of no ticket: it is nobody's conversation with a customer."""
    file = target.file
    message = Message(
        address_id=target.address.id, kind=KIND, agent_id=by.id, author_name=by.name[:200], text=target.caption
    )
    session.add(message)
    session.flush()
    session.add(Part(message_id=message.id, kind=file.kind, text=target.caption, file_id=file.id))
    # What the messenger holds already is neither prepared nor uploaded.
    held = {"file_id": file.id, "connection_id": target.connection_id, "kind": file.kind, "remote_id": file.remote_id}
    session.execute(upsert(RemoteCopy).values(**held).on_conflict_do_nothing())
    feed.append(session, "file_copied", by=by, ticket=target.ticket_id, after={"file": file.id})
    return delivery_rows.add(session, message, target.connection_id, pieces).id
