"""Saved replies made, changed and thrown away: one's own by everybody, the shared ones by owners and managers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, delete, select
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.language import LANGUAGES, supported
from appliance.models import Contact, File, Message, SavedReply, Ticket, now
from appliance.models.folding import fold_text
from appliance.services import files, markup, reply_files, reply_words, settings, stored_parts
from appliance.services.saved_replies import SavedReplyError, may_share, usable_row
from appliance.services.visibility import visible_to
from appliance.values import Actor

LONGEST_NAME, LONGEST_TAG, MOST_TAGS = 80, 40, 10
LONGEST_TEXT = 10_000
KEPT_AFTER_DELETION = timedelta(days=30)


@dataclass(frozen=True)
class Wanted:
    """What somebody typed: `texts` by language, `file_ids` in order with the kinds they are sent as."""

    name: str
    texts: Mapping[str, str]
    tags: Sequence[str] = ()
    files: Sequence[tuple[int, str]] = ()
    shared: bool = False


def save(wanted: Wanted, by: Actor, reply_id: int | None = None) -> int:
    """A new one, or this one changed; its id. Raises SavedReplyError."""
    made = _checked(wanted)
    with db.write() as session:
        row = SavedReply(agent_id=by.id) if reply_id is None else _mine(session, reply_id, by)
        if wanted.shared != (row.agent_id is None):
            _permit(by)
            row.agent_id = None if wanted.shared else by.id
        row.name, row.tags, row.texts = made.name, list(made.tags), dict(made.texts)
        row.words = fold_text(" ".join((made.name, *made.tags, *made.texts.values())))
        row.changed_at = now()
        session.add(row)
        session.flush()
        _check_files(session, row.id, made.files, by)
        reply_files.put(session, row.id, made.files)
        _tell(session, row, by, "saved")
        return row.id


def from_message(message_id: int, name: str, shared: bool, by: Actor) -> int:
    """What was sent, as it could be typed again, with its files; the new reply's id. Raises SavedReplyError."""
    with db.session() as session:
        query = (
            select(Message, Contact.language)
            .join(Ticket, Ticket.id == Message.ticket_id)
            .join(Contact, Contact.id == Ticket.contact_id)
            .where(Message.id == message_id, Message.kind == "reply", visible_to(by))
        )
        found = session.execute(query).first()
        if found is None:
            raise SavedReplyError("not_found")
        parts = [stored_parts.read(row) for row in stored_parts.of_message(session, message_id)]
    text = "\n".join(markup.write_marks(part.text, part.entities) for part in parts if part.text)
    sent = [(part.file_id, part.kind) for part in parts if part.file_id is not None]
    language = supported(found.language, default=settings.get("language"))
    return save(Wanted(name, {language: text}, files=sent, shared=shared), by)


def delete_one(reply_id: int, by: Actor) -> str:
    """Out of sight; its name. Raises SavedReplyError."""
    with db.write() as session:
        row = _mine(session, reply_id, by)
        row.deleted_at = now()
        _tell(session, row, by, "deleted")
        return row.name


def bring_back(reply_id: int, by: Actor) -> None:
    """As it was before it was deleted. Raises SavedReplyError."""
    with db.write() as session:
        row = _mine(session, reply_id, by, deleted=True)
        row.deleted_at = None
        _tell(session, row, by, "brought_back")


def prune() -> int:
    """Forget for good what was deleted long ago; how many. Called by the worker's clock."""
    old = and_(SavedReply.deleted_at.is_not(None), SavedReply.deleted_at < now() - KEPT_AFTER_DELETION)
    with db.write() as session:
        gone = list(session.scalars(select(SavedReply.id).where(old)))
        session.execute(delete(SavedReply).where(SavedReply.id.in_(gone)))
        return len(gone)


def _mine(session: Session, reply_id: int, by: Actor, *, deleted: bool = False) -> SavedReply:
    """One that this person may change."""
    row = usable_row(session, reply_id, by, deleted=deleted)
    if row.agent_id is None:
        _permit(by)
    return row


def _permit(by: Actor) -> None:
    if not may_share(by):
        raise SavedReplyError("not_allowed")


def _checked(wanted: Wanted) -> Wanted:
    name = " ".join(wanted.name.split())[:LONGEST_NAME]
    texts = {language: wanted.texts.get(language, "").strip() for language in LANGUAGES}
    if not name:
        raise SavedReplyError("name_empty")
    if not any(texts.values()) and not wanted.files:
        raise SavedReplyError("text_empty")
    for text in texts.values():
        if len(text) > LONGEST_TEXT:
            raise SavedReplyError("text_long")
        if slips := reply_words.unknown(text):
            raise SavedReplyError("unknown_variable", name=slips[0])
    if len(wanted.files) > reply_files.MOST:
        raise SavedReplyError("too_many_files", most=reply_files.MOST)
    tags = list(dict.fromkeys(" ".join(tag.split())[:LONGEST_TAG] for tag in wanted.tags if tag.strip()))[:MOST_TAGS]
    return Wanted(name, texts, tags, list(dict.fromkeys(wanted.files)), wanted.shared)


def _check_files(session: Session, reply_id: int, wanted: Sequence[tuple[int, str]], by: Actor) -> None:
    """Only what this person may see, or what is in the reply already."""
    here = {file.id for file in reply_files.load(session, [reply_id]).get(reply_id, ())}
    for file_id, _kind in wanted:
        if file_id not in here:
            known = session.scalar(select(File.id).where(File.id == file_id, File.state == "ready", files.may_see(by)))
            if known is None:
                raise SavedReplyError("file_gone")


def _tell(session: Session, row: SavedReply, by: Actor, what: str) -> None:
    after = {"saved_reply": row.id, "name": row.name, "what": what, "shared": row.agent_id is None}
    feed.append(session, "saved_reply_changed", by=by, after=after)
