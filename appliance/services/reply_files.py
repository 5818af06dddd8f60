"""Files that saved replies hold: whoever may use the reply may send them, and nothing ever lets go of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, exists, or_, select
from sqlalchemy.orm import Session

from appliance.models import File, SavedReply, SavedReplyFile
from appliance.values import FILE_KINDS, Actor

MOST = 10


@dataclass(frozen=True)
class ReplyFile:
    """`kind`: the part it is sent as."""

    id: int
    kind: str
    name: str
    size: int


def held() -> ColumnElement[bool]:
    """A condition over File: a saved reply needs it, be it one that was thrown away and may come back."""
    return exists().where(SavedReplyFile.file_id == File.id)


def offered_to(by: Actor) -> ColumnElement[bool]:
    """A condition over File: it goes along with a saved reply of this person's, or of everybody's."""
    usable = or_(SavedReply.agent_id.is_(None), SavedReply.agent_id == by.id)
    return exists().where(SavedReplyFile.file_id == File.id, SavedReply.id == SavedReplyFile.reply_id, usable)


def load(session: Session, reply_ids: Sequence[int]) -> Mapping[int, tuple[ReplyFile, ...]]:
    """By reply, in their order."""
    query = (
        select(SavedReplyFile, File.name, File.size)
        .join(File, File.id == SavedReplyFile.file_id)
        .where(SavedReplyFile.reply_id.in_(reply_ids))
        .order_by(SavedReplyFile.position, SavedReplyFile.id)
    )
    found: dict[int, tuple[ReplyFile, ...]] = {}
    for row, name, size in session.execute(query):
        found[row.reply_id] = (*found.get(row.reply_id, ()), ReplyFile(row.file_id, row.kind, name, size or 0))
    return found


def put(session: Session, reply_id: int, files: Sequence[tuple[int, str]]) -> None:
    """These files, each with the kind it is sent as, and no others."""
    session.execute(delete(SavedReplyFile).where(SavedReplyFile.reply_id == reply_id))
    for position, (file_id, kind) in enumerate(files):
        sent_as = kind if kind in FILE_KINDS else "document"
        session.add(SavedReplyFile(reply_id=reply_id, file_id=file_id, kind=sent_as, position=position))
