"""All customers: searched by name, user name and phone, paged by keys; a hundred thousand feel like a hundred."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Address, Contact, Organisation, Ticket
from appliance.models.folding import digits, fold_text
from appliance.services.contact_sight import seen_by
from appliance.services.visibility import visible_to
from appliance.values import Actor

PAGE = 50
SORTS = ("new", "name")
_SPLIT = "~"


@dataclass(frozen=True)
class ContactRow:
    """`open` tickets of `tickets` that this actor may see; `last_at`: the newest word in one of them."""

    id: int
    name: str
    username: str
    phone: str
    organisation: str
    since: datetime
    group: bool
    barred: bool
    blocked: bool
    tickets: int = 0
    open: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True)
class ContactPage:
    """Some rows and the place to go on from, '' at the end."""

    rows: tuple[ContactRow, ...]
    more: str = ""


@dataclass(frozen=True)
class Wanted:
    search: str = ""
    organisation_id: int | None = None
    sort: str = "new"


def find(by: Actor, wanted: Wanted, after: str = "", limit: int = PAGE) -> ContactPage:
    """A page; `after` is the `more` of the page before."""
    chosen = select(Contact.id, Contact.words).where(*_conditions(by, wanted))
    query = _sorted(chosen, wanted.sort, after)
    with db.session() as session:
        found = session.execute(query.limit(limit + 1)).all()
        shown = found[:limit]
        rows = _load(session, by, [row.id for row in shown])
    more = f"{shown[-1].id}{_SPLIT}{shown[-1].words}" if len(found) > limit else ""
    return ContactPage(tuple(rows), more)


def count(by: Actor, wanted: Wanted) -> int:
    with db.session() as session:
        return session.scalar(select(func.count()).select_from(Contact).where(*_conditions(by, wanted))) or 0


def matching(search: str) -> list[ColumnElement[bool]]:
    """Conditions over Contact: every word that was typed stands somewhere in name, user name or phone."""
    typed = digits(search)
    if len(typed) >= 3 and not any(sign.isalpha() for sign in search):
        # 8 921 … and +7 921 … are one number.
        return [_holds(typed[1:] if len(typed) == 11 and typed[0] in "78" else typed)]
    return [_holds(word.lstrip("@")) for word in fold_text(search).split() if word.lstrip("@")]


def _holds(word: str) -> ColumnElement[bool]:
    return Contact.words.contains(word, autoescape=True)


def _conditions(by: Actor, wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    made = [Contact.merged_into_id.is_(None), seen_by(by), *matching(wanted.search[:200])]
    if wanted.organisation_id is not None:
        made.append(Contact.organisation_id == wanted.organisation_id)
    return made


def _sorted(query: Select[int, str], sort: str, after: str) -> Select[int, str]:
    number, _, words = after.partition(_SPLIT)
    known = int(number) if number.isdecimal() and len(number) < 18 else None
    if sort == "name":
        ordered = query.order_by(Contact.words, Contact.id)
        beyond = or_(Contact.words > words, and_(Contact.words == words, Contact.id > (known or 0)))
        return ordered if known is None else ordered.where(beyond)
    ordered = query.order_by(Contact.id.desc())
    return ordered if known is None else ordered.where(Contact.id < known)


def _load(session: Session, by: Actor, ids: Sequence[int]) -> list[ContactRow]:
    query = (
        select(Contact, Organisation.name.label("organisation"))
        .join(Organisation, Organisation.id == Contact.organisation_id, isouter=True)
        .where(Contact.id.in_(ids))
    )
    found = {row.Contact.id: row for row in session.execute(query)} if ids else {}
    work, places = _work(session, by, ids), _places(session, ids)
    return [_row(found[number], work.get(number), places.get(number)) for number in ids if number in found]


def _work(session: Session, by: Actor, ids: Sequence[int]) -> Mapping[int, Any]:
    query = (
        select(
            Ticket.contact_id,
            func.count().label("tickets"),
            func.sum(case((and_(Ticket.stage != "done", Ticket.shelf == "none"), 1), else_=0)).label("open"),
            func.max(Ticket.last_message_at).label("last_at"),
        )
        .where(Ticket.contact_id.in_(ids), Ticket.merged_into_id.is_(None), visible_to(by))
        .group_by(Ticket.contact_id)
    )
    return {row.contact_id: row for row in session.execute(query)} if ids else {}


def _places(session: Session, ids: Sequence[int]) -> Mapping[int, Any]:
    query = (
        select(
            Address.contact_id, func.max(Address.blocked_at).label("blocked_at"), func.max(Address.kind).label("kind")
        )
        .where(Address.contact_id.in_(ids))
        .group_by(Address.contact_id)
    )
    return {row.contact_id: row for row in session.execute(query)} if ids else {}


def _row(record: Any, work: Any, place: Any) -> ContactRow:
    contact: Contact = record.Contact
    return ContactRow(
        id=contact.id,
        name=contact.name,
        username=contact.username,
        phone=contact.phone,
        organisation=record.organisation or "",
        since=contact.created_at,
        group=bool(place and place.kind == "group"),
        barred=contact.barred_at is not None,
        blocked=bool(place and place.blocked_at),
        tickets=int(work.tickets) if work else 0,
        open=int(work.open or 0) if work else 0,
        last_at=work.last_at if work else None,
    )
