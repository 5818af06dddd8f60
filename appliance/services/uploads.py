"""Attached files made to fit their kind at the messenger, just before they leave."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import DeliveryPiece, File, Message, MessageRef, Part, RemoteCopy, Rendition
from appliance.plugins import plugins
from appliance.services import blobs, connections, files, outbox, renditions
from appliance.services.deliveries import Claim
from appliance.values import Entity, Outgoing, OutgoingPart, PartKind, Prepared, Reference, StoredFile, Workplace

FITTED_KINDS = frozenset({"photo", "video", "video_note", "voice", "audio", "animation"})
log = logging.getLogger("appliance.uploads")


@dataclass(frozen=True)
class _Waiting:
    part_id: int
    file: files.HeldFile
    kind: PartKind


def to_send(file_id: int) -> StoredFile:
    """The bytes that leave: the fitted rendition if there is one, else the original. blobs.Gone if neither."""
    with db.session() as session:
        held = files.held(session, file_id)
        made = _outgoing(session, file_id)
        if made is None:
            return held
        return replace(held, mime=made.mime, size=made.size, sha256=made.sha256, name=_renamed(held.name, made.mime))


def fit(claim: Claim) -> Claim:
    """Prepare what needs it; when that changed anything, the message is cut into pieces anew."""
    waiting = _waiting(claim)
    if not waiting:
        return claim
    for item in waiting:
        _fit_one(item)
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
                found.append(_Waiting(part.id, held, part.kind))  # type: ignore[arg-type]  # in FITTED_KINDS
        return found


def _ready(session: Session, file_id: int, connection_id: int, kind: str) -> bool:
    copy = select(RemoteCopy.id).where(
        RemoteCopy.file_id == file_id, RemoteCopy.connection_id == connection_id, RemoteCopy.kind == kind
    )
    return session.scalar(copy) is not None or _outgoing(session, file_id) is not None


def _fit_one(item: _Waiting) -> None:
    with blobs.workshop() as folder:
        workplace = Workplace(folder, "quick", lambda _done: None)
        made = plugins().ask_first("prepare_upload", file=item.file, kind=item.kind, workplace=workplace)
        if not isinstance(made, Prepared):
            return
        rows = renditions.store(made.renditions)
        with db.write() as session:
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
        parts = session.scalars(select(Part).where(Part.message_id == claim.message_id).order_by(Part.position))
        outgoing = Outgoing(
            claim.address, tuple(_outgoing_part(session, part) for part in parts), _reply_to(session, claim)
        )
    pieces = connections.channel_of(claim.connection_id).plan(outgoing)
    with db.write() as session:
        session.execute(delete(DeliveryPiece).where(DeliveryPiece.delivery_id == claim.id))
        outbox.add_pieces(session, claim.id, pieces)
        session.flush()
        rows = session.scalars(
            select(DeliveryPiece).where(DeliveryPiece.delivery_id == claim.id).order_by(DeliveryPiece.position)
        ).all()
        rows[0].state = "sending"
        return replace(claim, pieces=tuple((row.id, piece) for row, piece in zip(rows, pieces, strict=True)))


def _outgoing_part(session: Session, part: Part) -> OutgoingPart:
    entities = tuple(Entity(**entity) for entity in part.entities)
    made = OutgoingPart(part.position, part.kind, part.text, entities, data=part.data)  # type: ignore[arg-type]
    if part.file_id is None:
        return made
    held = to_send(part.file_id)
    file = session.get_one(File, part.file_id)
    return replace(
        made,
        file_id=file.id,
        name=held.name,
        mime=held.mime,
        size=held.size,
        width=file.width,
        height=file.height,
        duration=round(file.duration) if file.duration else None,
    )


def _reply_to(session: Session, claim: Claim) -> Reference | None:
    query = (
        select(MessageRef)
        .join(Message, Message.reply_to_id == MessageRef.message_id)
        .where(Message.id == claim.message_id, MessageRef.connection_id == claim.connection_id)
    )
    found = session.scalars(query.order_by(MessageRef.id).limit(1)).first()
    return Reference(found.chat, found.external_id) if found else None


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
