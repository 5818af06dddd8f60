"""Everything that came and went in a chat besides words: pictures and films, files, voices; and links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, cast, or_, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Message, Part
from appliance.services import bubbles, chat_order, chats, file_views, web_links
from appliance.services.chat_order import END
from appliance.services.chats import Chat
from appliance.services.conversation import ConversationError
from appliance.values import Actor, PartView

PAGE = 60
# Messages that are looked through at a time, and how often for one page: a chat of nothing but words has an end, too.
PORTION = 500
PORTIONS = 12
KINDS: Mapping[str, tuple[str, ...]] = {
    "media": ("photo", "video", "animation", "video_note"),
    "documents": ("document",),
    "voices": ("voice", "audio"),
    "links": (),
}


@dataclass(frozen=True)
class FilePage:
    """Newest first. `more` is where the next page begins, None = that was all."""

    parts: tuple[PartView, ...]
    more: int | None = None


def find(ticket_id: int, kind: str, by: Actor, before: int | None = None) -> FilePage:
    """A page of one kind (of KINDS), of all tickets of the chat that this actor may see. Messages are not cut apart: a
    page may end with a whole album. Raises ConversationError."""
    with db.session() as session:
        chat = chats.find(session, ticket_id, by)
        if chat is None:
            raise ConversationError
        rows, more = _gather(session, chat, kind, before or END)
        files = file_views.load(session, {part.file_id for part, _ in rows if part.file_id is not None}, by)
        views = [
            bubbles.part_view(part, message, message.author_name, files.get(part.file_id or 0))
            for part, message in rows
        ]
    return FilePage(tuple(views), more)


def _gather(session: Session, chat: Chat, kind: str, before: int) -> tuple[list[tuple[Part, Message]], int | None]:
    rows: list[tuple[Part, Message]] = []
    for _ in range(PORTIONS):
        ids = chat_order.before(session, chat.visible, before, PORTION)
        found = _rows(session, ids, kind)
        for part, message in found:
            if len(rows) >= PAGE and message.id != rows[-1][1].id:
                return rows, rows[-1][1].id
            rows.append((part, message))
        if len(ids) < PORTION:
            return rows, None
        before = ids[0]
    return rows, before


def _rows(session: Session, ids: Sequence[int], kind: str) -> list[tuple[Part, Message]]:
    query = select(Part, Message).join(Message, Message.id == Part.message_id)
    query = query.where(Part.message_id.in_(ids), _is(kind)).order_by(Message.id.desc(), Part.position)
    found = [(part, message) for part, message in session.execute(query)]
    return [row for row in found if links_of(row[0])] if kind == "links" else found


def links_of(part: Part | PartView) -> tuple[str, ...]:
    """The addresses a part's text names."""
    entities = bubbles.entities_of(part) if isinstance(part, Part) else part.entities
    return web_links.found_in(part.text, entities)


def _is(kind: str) -> ColumnElement[bool]:
    if kind != "links":
        return Part.kind.in_(KINDS[kind]) & Part.file_id.is_not(None)
    # Coarse: what stands there is read once it is loaded.
    marked = cast(Part.entities, String)
    return or_(Part.text.like("%http%"), marked.like('%link"%'), marked.like('%"url"%'))
