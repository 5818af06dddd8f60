"""Saved replies found and put into a ticket: one's own and everybody's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.language import LANGUAGES, supported
from appliance.models import Contact, SavedReply, Ticket, now
from appliance.models.folding import fold_text
from appliance.services import keyboard_layout, reply_files, reply_values, reply_words, settings
from appliance.services.reply_files import ReplyFile
from appliance.services.visibility import visible_to
from appliance.values import Actor

MOST_FOUND = 60


class SavedReplyError(Exception):
    """Nothing was changed. code: not_found, not_allowed, name_empty, text_empty, text_long, unknown_variable {name},
    too_many_files {most}, file_gone."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class SavedReplyView:
    """`shared`: everybody's. `mine`: this reader may change it."""

    id: int
    name: str
    tags: tuple[str, ...]
    texts: Mapping[str, str]
    shared: bool
    mine: bool
    used: int
    files: tuple[ReplyFile, ...] = ()


@dataclass(frozen=True)
class Filled:
    """A reply as it would be said in a ticket."""

    reply: SavedReplyView
    text: str
    gaps: tuple[str, ...] = ()


def usable(by: Actor, query: str = "", limit: int | None = None) -> list[SavedReplyView]:
    """One's own and everybody's, most used first; with words, those that hold all of them, in either layout."""
    with db.session() as session:
        return _views(session, _matching(by, query), by, limit)


def for_ticket(ticket_id: int, by: Actor, query: str = "") -> list[Filled]:
    """As usable(), in the words this ticket's customer would read. Raises SavedReplyError."""
    with db.session() as session:
        ticket = _ticket(session, ticket_id, by)
        language = _language(session, ticket)
        values = reply_values.of_ticket(session, ticket, by, language)
        return [_fill(view, values, language) for view in _views(session, _matching(by, query), by, MOST_FOUND)]


def use(reply_id: int, ticket_id: int, by: Actor) -> Filled:
    """One of them, counted as used. Raises SavedReplyError."""
    with db.write() as session:
        ticket = _ticket(session, ticket_id, by)
        row = usable_row(session, reply_id, by)
        row.used, row.used_at = row.used + 1, now()
        language = _language(session, ticket)
        values = reply_values.of_ticket(session, ticket, by, language)
        return _fill(_view(session, row, by), values, language)


def may_share(by: Actor) -> bool:
    return by.kind in ("system", "plugin") or by.role in ("owner", "manager")


def _matching(by: Actor, query: str) -> ColumnElement[bool]:
    here = and_(SavedReply.deleted_at.is_(None), or_(SavedReply.agent_id.is_(None), SavedReply.agent_id == by.id))
    typed = [text for text in (fold_text(query), fold_text(keyboard_layout.swapped(query))) if text]
    either = [and_(*(SavedReply.words.contains(word, autoescape=True) for word in words.split())) for words in typed]
    return and_(here, or_(*either)) if query.strip() else here


def _views(session: Session, which: ColumnElement[bool], by: Actor, limit: int | None) -> list[SavedReplyView]:
    order = (SavedReply.used.desc(), SavedReply.used_at.desc(), SavedReply.name)
    found = list(session.scalars(select(SavedReply).where(which).order_by(*order).limit(limit)))
    attached = reply_files.load(session, [row.id for row in found])
    return [_described(row, attached.get(row.id, ()), by) for row in found]


def _view(session: Session, row: SavedReply, by: Actor) -> SavedReplyView:
    return _described(row, reply_files.load(session, [row.id]).get(row.id, ()), by)


def _described(row: SavedReply, attached: tuple[ReplyFile, ...], by: Actor) -> SavedReplyView:
    texts = {language: str(row.texts.get(language) or "") for language in LANGUAGES}
    mine = may_share(by) if row.agent_id is None else row.agent_id == by.id
    tags = tuple(str(tag) for tag in row.tags)
    return SavedReplyView(row.id, row.name, tags, texts, row.agent_id is None, mine, row.used, attached)


def _fill(view: SavedReplyView, values: Mapping[str, str], language: str) -> Filled:
    """The customer's language is taken, else the one there is."""
    text = view.texts[language] or next((said for said in view.texts.values() if said), "")
    said = reply_words.fill(text, values)
    return Filled(view, said, reply_words.gaps(said))


def _language(session: Session, ticket: Ticket) -> str:
    return supported(session.get_one(Contact, ticket.contact_id).language, default=settings.get("language"))


def _ticket(session: Session, ticket_id: int, by: Actor) -> Ticket:
    ticket = session.scalar(select(Ticket).where(Ticket.id == ticket_id, visible_to(by)))
    if ticket is None:
        raise SavedReplyError("not_found")
    return ticket


def usable_row(session: Session, reply_id: int, by: Actor, *, deleted: bool = False) -> SavedReply:
    """Raises SavedReplyError."""
    row = session.get(SavedReply, reply_id)
    if row is None or row.agent_id not in (None, by.id) or (row.deleted_at is not None) != deleted:
        raise SavedReplyError("not_found")
    return row
