"""Tags: words without colour on tickets and contacts. Made by using them, joined when two mean the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, literal, select
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.db import upsert
from appliance.models import ContactTag, ContactTemplate, Tag, TicketTag, TicketTemplate, table_of
from appliance.values import Actor

LONGEST = 60
MOST_SUGGESTED = 300
# Built once: tickets that come in are tagged by their templates, and composing a statement costs more than running it.
_IDS = select(table_of(Tag).c.name, table_of(Tag).c.id).where(
    table_of(Tag).c.name.in_(bindparam("names", expanding=True))
)
_PUT = {
    "ticket": upsert(table_of(TicketTag)).on_conflict_do_nothing(),
    "contact": upsert(table_of(ContactTag)).on_conflict_do_nothing(),
}


class TagError(Exception):
    """Nothing was changed. code: not_found, not_allowed, name_empty, name_taken, same."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class TagView:
    id: int
    name: str
    tickets: int
    contacts: int


def every() -> list[TagView]:
    """All tags by name, with how often each is used."""
    with db.session() as session:
        tickets = dict(session.execute(select(TicketTag.tag_id, func.count()).group_by(TicketTag.tag_id)).all())
        contacts = dict(session.execute(select(ContactTag.tag_id, func.count()).group_by(ContactTag.tag_id)).all())
        found = [
            TagView(tag.id, tag.name, tickets.get(tag.id, 0), contacts.get(tag.id, 0))
            for tag in session.scalars(select(Tag))
        ]
    return sorted(found, key=lambda each: each.name.casefold())


def suggested(session: Session) -> list[str]:
    """What somebody who types a tag may mean."""
    return sorted(session.scalars(select(Tag.name).order_by(Tag.name).limit(MOST_SUGGESTED)), key=str.casefold)


def clean(name: str) -> str:
    """One line, without the sharp sign people are used to."""
    return " ".join("".join(sign for sign in name if sign.isprintable()).split()).lstrip("#").strip()[:LONGEST].strip()


def split(text: str) -> list[str]:
    """What was typed into one field: names between commas."""
    known: dict[str, str] = {}
    for each in text.replace("\n", ",").split(","):
        name = clean(each)
        if name:
            known.setdefault(name.casefold(), name)
    return list(known.values())


def names_on(session: Session, scope: str, number: int) -> list[str]:
    """Those of a ticket or a contact."""
    table = _table(scope)
    query = select(Tag.name).join(table, table.tag_id == Tag.id).where(_owned(table, number))
    return sorted(session.scalars(query), key=str.casefold)


def put(session: Session, scope: str, number: int, names: Iterable[str]) -> None:
    """Put tags on a ticket or a contact, made if new; `VIP` and `vip` are one."""
    wanted = list(dict.fromkeys(names))
    if not wanted:
        return
    connection = session.connection()
    known = dict(connection.execute(_IDS, {"names": wanted}).all())
    owner = "ticket_id" if scope == "ticket" else "contact_id"
    rows = [{owner: number, "tag_id": known.get(name) or _make(session, name)} for name in wanted]
    connection.execute(_PUT[scope], rows)


def take(session: Session, scope: str, number: int, names: Iterable[str]) -> None:
    """Take tags off a ticket or a contact."""
    table = _table(scope)
    wanted = [tag.id for name in names if (tag := find(session, name)) is not None]
    session.execute(delete(table).where(_owned(table, number), table.tag_id.in_(wanted)))


def find(session: Session, name: str) -> Tag | None:
    """Without regard to upper and lower case."""
    exact = session.scalar(select(Tag).where(Tag.name == name))
    if exact is not None:
        return exact
    # Folded here: the database knows the cases of Latin letters only.
    folded = name.casefold()
    return next((tag for tag in session.scalars(select(Tag)) if tag.name.casefold() == folded), None)


def rename(tag_id: int, name: str, by: Actor) -> None:
    """Raises TagError; name_taken: they could be joined."""
    _allow(by)
    wanted = clean(name)
    if not wanted:
        raise TagError("name_empty")
    with db.write() as session:
        tag = _get(session, tag_id)
        known = find(session, wanted)
        if known is not None and known.id != tag.id:
            raise TagError("name_taken")
        old, tag.name = tag.name, wanted
        _in_templates(session, old, wanted)
        feed.append(session, "tag_changed", by=by, before={"name": old}, after={"tag": tag.id, "name": wanted})


def join(tag_id: int, into_id: int, by: Actor) -> None:
    """The first becomes the second, wherever it stood. Raises TagError."""
    _allow(by)
    if tag_id == into_id:
        raise TagError("same")
    with db.write() as session:
        tag, into = _get(session, tag_id), _get(session, into_id)
        for table, owner in ((TicketTag, TicketTag.ticket_id), (ContactTag, ContactTag.contact_id)):
            have = select(owner).where(table.tag_id == into.id)
            moved = select(owner, literal(into.id)).where(table.tag_id == tag.id, owner.not_in(have))
            session.execute(insert(table).from_select([owner.key, "tag_id"], moved))
        _in_templates(session, tag.name, into.name)
        told = {"tag": into.id, "name": into.name, "joined": tag.name}
        session.delete(tag)
        feed.append(session, "tag_changed", by=by, before={"name": tag.name}, after=told)


def remove(tag_id: int, by: Actor) -> None:
    """Off every ticket, contact and template. Raises TagError."""
    _allow(by)
    with db.write() as session:
        tag = _get(session, tag_id)
        _in_templates(session, tag.name, "")
        session.delete(tag)
        feed.append(session, "tag_changed", by=by, before={"name": tag.name}, after={"tag": tag_id, "deleted": True})


def _make(session: Session, name: str) -> int:
    tag = find(session, name) or Tag(name=name[:LONGEST])
    session.add(tag)
    session.flush()
    return tag.id


def _in_templates(session: Session, old: str, new: str) -> None:
    """Templates keep names: what they put on must not bring an old one back."""
    templates: list[TicketTemplate | ContactTemplate] = [
        *session.scalars(select(TicketTemplate)),
        *session.scalars(select(ContactTemplate)),
    ]
    for template in templates:
        if old in template.tags:
            template.tags = _replaced(template.tags, old, new)


def _replaced(names: Sequence[str], old: str, new: str) -> list[str]:
    changed = [new if name == old else name for name in names]
    return list(dict.fromkeys(name for name in changed if name))


def _table(scope: str) -> type[TicketTag | ContactTag]:
    return TicketTag if scope == "ticket" else ContactTag


def _owned(table: type[TicketTag | ContactTag], number: int) -> ColumnElement[bool]:
    return TicketTag.ticket_id == number if issubclass(table, TicketTag) else ContactTag.contact_id == number


def _get(session: Session, tag_id: int) -> Tag:
    tag = session.get(Tag, tag_id)
    if tag is None:
        raise TagError("not_found")
    return tag


def _allow(by: Actor) -> None:
    if by.kind == "agent" and by.role not in ("owner", "manager"):
        raise TagError("not_allowed")
