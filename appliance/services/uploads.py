"""Attached files made to fit their kind at the messenger, just before they leave."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Address, DeliveryPiece, File, Message, Part, Rendition
from appliance.plugins import plugins
from appliance.services import blobs, composing, delivery_rows, files, options, renditions, stored_parts
from appliance.services.deliveries import Claim
from appliance.values import Lane, Outgoing, OutgoingPart, PartKind, Piece, Prepared, StoredFile, Workplace

FITTED_KINDS = frozenset({"photo", "video", "video_note", "voice", "audio", "animation"})
log = logging.getLogger("appliance.uploads")


class NotYet(Exception):
    """A file needs a while longer; what is ready by now is kept."""


@dataclass(frozen=True)
class _Waiting:
    part_id: int
    file: files.HeldFile
    kind: PartKind
    # Slow: nobody else makes anything of the file that could serve.
    lane: Lane


def to_send(file_id: int) -> StoredFile:
    """The bytes that leave: the fitted rendition if there is one, else the original. blobs.Gone if neither."""
    with db.session() as session:
        held = files.held(session, file_id)
        made = _outgoing(session, file_id)
        if made is None:
            return held
        return replace(held, mime=made.mime, size=made.size, sha256=made.sha256, name=_renamed(held.name, made.mime))


def cut_again(session: Session, message: Message, address: Address, parts: Sequence[OutgoingPart]) -> tuple[Piece, ...]:
    """A stored message cut anew, said as it was to be said, with these parts. Raises OutboxError."""
    outgoing = Outgoing(
        address.external_id,
        tuple(parts),
        composing.reference(session, address, message.reply_to_id),
        options.manner_of(message.options),
    )
    return composing.cut(address.connection_id, outgoing, message.options)


def parts_of(session: Session, message: Message, connection_id: int) -> tuple[OutgoingPart, ...]:
    """A stored message's parts as they leave. Raises blobs.Gone."""
    rows = session.scalars(select(Part).where(Part.message_id == message.id).order_by(Part.position))
    return tuple(_outgoing_part(session, row, connection_id) for row in rows)


def fit(claim: Claim) -> Claim:
    """Prepare what needs it; when that changed anything, the message is cut into pieces anew. Raises NotYet: no thread
    that sends stands still for long work."""
    waiting = _waiting(claim)
    if not waiting:
        return claim
    # All of them are begun, whatever becomes of the first.
    fitted = [_fit_one(item) for item in waiting]
    if not all(fitted):
        raise NotYet
    return _plan_again(claim)


def _waiting(claim: Claim) -> list[_Waiting]:
    with db.session() as session:
        if _some_sent(session, claim.id):
            return []
        query = select(Part).where(Part.message_id == claim.message_id, Part.kind.in_(FITTED_KINDS))
        found = []
        for part in session.scalars(query.where(Part.file_id.is_not(None))):
            if part.file_id and not _ready(session, part.file_id, claim.connection_id, part.kind):
                try:
                    held = files.held(session, part.file_id)
                except blobs.Gone:
                    continue
                lane = _lane(session, part.file_id)
                found.append(_Waiting(part.id, held, part.kind, lane))  # type: ignore[arg-type]  # in FITTED_KINDS
        return found


def _lane(session: Session, file_id: int) -> Lane:
    return "quick" if session.get_one(File, file_id).making in ("quick", "slow") else "slow"


def _ready(session: Session, file_id: int, connection_id: int, kind: str) -> bool:
    known = composing.remote_id(session, file_id, connection_id, kind)
    return bool(known) or _outgoing(session, file_id) is not None


def _fit_one(item: _Waiting) -> bool:
    """Whether the file may leave now."""
    with blobs.workshop() as folder:
        workplace = Workplace(folder, item.lane, lambda _done: None)
        made = plugins().ask_first("prepare_upload", file=item.file, kind=item.kind, workplace=workplace)
        if not isinstance(made, Prepared):
            return True
        if made.unfinished:
            return False
        rows = renditions.store(made.renditions)
        with db.write() as session:
            _keep(session, item, made, rows)
        return True


def _keep(session: Session, item: _Waiting, made: Prepared, rows: Sequence[dict[str, Any]]) -> None:
    if made.failure:
        log.warning("file %s goes as a document: %s", item.file.id, made.failure)
        session.get_one(Part, item.part_id).kind = "document"
        return
    renditions.keep(session, item.file.id, rows)
    if made.kind is not None:
        session.get_one(Part, item.part_id).kind = made.kind
    file = session.get_one(File, item.file.id)
    file.width, file.height = made.width or file.width, made.height or file.height
    file.duration = made.duration or file.duration


def _plan_again(claim: Claim) -> Claim:
    with db.session() as session:
        message = session.get_one(Message, claim.message_id)
        address = session.get_one(Address, claim.address_id)
        pieces = cut_again(session, message, address, parts_of(session, message, claim.connection_id))
    with db.write() as session:
        delivery_rows.replace_pieces(session, claim.id, pieces)
        rows = session.scalars(
            select(DeliveryPiece).where(DeliveryPiece.delivery_id == claim.id).order_by(DeliveryPiece.position)
        ).all()
        rows[0].state = "sending"
        return replace(claim, pieces=tuple((row.id, piece) for row, piece in zip(rows, pieces, strict=True)))


def _outgoing_part(session: Session, row: Part, connection_id: int) -> OutgoingPart:
    made = stored_parts.read(row)
    if row.file_id is None:
        return made
    held = to_send(row.file_id)
    file = session.get_one(File, row.file_id)
    known = composing.remote_id(session, file.id, connection_id, row.kind)
    # What is sent may be a rendition: its name, type and size are not the file's.
    return replace(stored_parts.with_file(made, file), name=held.name, mime=held.mime, size=held.size, remote_id=known)


def _some_sent(session: Session, delivery_id: int) -> bool:
    query = select(DeliveryPiece.id).where(
        DeliveryPiece.delivery_id == delivery_id, DeliveryPiece.state.in_(("sent", "uncertain"))
    )
    return session.scalar(query.limit(1)) is not None


def _outgoing(session: Session, file_id: int) -> Rendition | None:
    return session.scalar(select(Rendition).where(Rendition.file_id == file_id, Rendition.kind == "outgoing"))


_ENDINGS = {"audio/ogg": ".ogg", "video/mp4": ".mp4", "image/jpeg": ".jpg", "audio/mp4": ".m4a"}


def _renamed(name: str, mime: str) -> str:
    ending = _ENDINGS.get(mime.partition(";")[0], "")
    stem = name.rpartition(".")[0] or name or "file"
    return stem + ending if ending else name
