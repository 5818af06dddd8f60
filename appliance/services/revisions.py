"""Saying again what was sent, in other words. What still waits is changed here; what has left is changed at the
customer's end by a delivery of its own, in the address's order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from sqlalchemy.orm import Session

from appliance import db, feed, queue
from appliance.models import Message, MessageVersion, Part, now
from appliance.services import (
    blobs,
    delivery_rows,
    letters,
    markup,
    options,
    remote_messages,
    revisable,
    sent_messages,
    signatures,
    stored_parts,
    uploads,
)
from appliance.services.letters import OutboxError
from appliance.services.sent_messages import SentMessage
from appliance.values import Actor, OutgoingPart, Piece, PlanError, Revision


def source(message_id: int, by: Actor) -> str:
    """The message's words with their marks, as they would be typed. Raises OutboxError."""
    with db.session() as session:
        sent = _editable(session, message_id, by)
        row = _worded(session, message_id)
        part = stored_parts.read(row)
        return markup.write_marks(part.text, part.entities) if sent.can.formatting else part.text


def edit(message_id: int, text: str, by: Actor) -> None:
    """Say it in other words. Raises OutboxError, and then nothing has changed."""
    letters.check_length(text)
    letters.check_gaps(text)
    with db.session() as session:
        sent = _editable(session, message_id, by)
        plain, entities = markup.read_marks(text.strip()) if sent.can.formatting else (text.strip(), ())
        rows = stored_parts.of_message(session, message_id)
        worded = _worded(session, message_id)
        if not plain and worded.file_id is None:
            raise OutboxError("empty")
        changed = replace(stored_parts.read(worded), text=plain, entities=entities)
        if changed == stored_parts.read(worded):
            return
        pieces = _pieces(session, sent, rows, changed)
    with db.write() as session:
        sent_messages.check_still(session, sent, by)
        if not sent.standing.waits:
            _keep_version(session, message_id)
        _rewrite(session, message_id, changed)
        if sent.standing.waits:
            delivery_rows.replace_pieces(session, sent.standing.delivery_id, pieces)
        else:
            sent_messages.deliver(session, sent, pieces, "edit")
        message = session.get_one(Message, message_id)
        feed.append(session, "message_edited", by=by, ticket=message.ticket_id, message=message_id)
    if not sent.standing.waits:
        queue.wake("deliver", sent.address.id, priority=10)


def _editable(session: Session, message_id: int, by: Actor) -> SentMessage:
    sent = sent_messages.open_sent(session, message_id, by)
    if reason := revisable.why_not_edit(sent.message, by, sent.standing, sent.can):
        raise OutboxError(reason)
    return sent


def _worded(session: Session, message_id: int) -> Part:
    """The part that carries the words: the text, or the caption."""
    rows = stored_parts.of_message(session, message_id)
    row = next((row for row in rows if row.text), None)
    if row is None:
        raise OutboxError("cannot_edit")
    return row


def _pieces(session: Session, sent: SentMessage, rows: Sequence[Part], changed: OutgoingPart) -> tuple[Piece, ...]:
    if sent.standing.waits:
        return _cut_again(session, sent, changed)
    parts = tuple(changed if row.position == changed.position else stored_parts.read(row) for row in rows)
    revision = Revision(
        sent.address.external_id,
        signatures.signed(parts, options.signature_of(sent.message.options)),
        remote_messages.of_parts(session, sent.message.id, sent.address.connection_id),
        remote_messages.manner_now(session, sent.message, sent.address.connection_id),
        (changed.position,),
    )
    try:
        return sent.channel.plan_edit(revision)
    except PlanError as error:
        raise sent_messages.refused(sent.channel, error) from None


def _cut_again(session: Session, sent: SentMessage, changed: OutgoingPart) -> tuple[Piece, ...]:
    try:
        parts = uploads.parts_of(session, sent.message, sent.address.connection_id)
    except blobs.Gone:
        raise OutboxError("file_gone") from None
    again = [
        replace(part, text=changed.text, entities=changed.entities) if part.position == changed.position else part
        for part in parts
    ]
    return uploads.cut_again(session, sent.message, sent.address, again)


def _keep_version(session: Session, message_id: int) -> None:
    message = session.get_one(Message, message_id)
    kept = stored_parts.as_version(stored_parts.of_message(session, message_id))
    session.add(MessageVersion(message_id=message_id, text=message.text, parts=kept))
    message.edited_at = now()


def _rewrite(session: Session, message_id: int, changed: OutgoingPart) -> None:
    rows = stored_parts.of_message(session, message_id)
    for row in rows:
        if row.position == changed.position:
            row.text, row.entities = changed.text, [asdict(entity) for entity in changed.entities]
    session.get_one(Message, message_id).text = "\n".join(row.text for row in rows if row.text)
