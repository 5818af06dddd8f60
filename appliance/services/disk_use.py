"""What fills the disk: by kind, by contact, by month. Counted by the database, and remembered for a minute."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, case, func, literal, select, type_coerce
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Contact, File, Message, Part, Rendition, Ticket
from appliance.services import disk, keep_rules
from appliance.services.visibility import visible_to
from appliance.values import Actor

CONTACTS = 20
REMEMBERED_SECONDS = 60.0
DAY_MS = 86_400_000
RENDITIONS, OTHER = "rendition", "other"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Slice:
    """So many files of one kind: a group of the keep-rules, 'rendition' (what was made of them) or 'other'."""

    group: str
    count: int
    size: int


@dataclass(frozen=True)
class OfContact:
    contact_id: int
    name: str
    ticket_id: int
    count: int
    size: int


@dataclass(frozen=True)
class OfMonth:
    """`month` is its first day."""

    month: datetime
    count: int
    size: int


@dataclass(frozen=True)
class DiskUse:
    """In bytes. What is the same bytes counts once by kind, and for each contact and month it came in."""

    total: int
    free: int
    database: int
    kinds: tuple[Slice, ...]
    contacts: tuple[OfContact, ...]
    months: tuple[OfMonth, ...]

    @property
    def files(self) -> int:
        return sum(part.size for part in self.kinds)


_known: dict[tuple[Path, int | None], tuple[float, DiskUse]] = {}
_counting = Lock()


def measure(data: Path, by: Actor) -> DiskUse:
    """As this person may see it, at most a minute old."""
    key = (data, by.id)
    # Two who ask at once must not count twice.
    with _counting:
        at, known = _known.get(key, (0.0, None))
        if known is None or time.monotonic() - at > REMEMBERED_SECONDS:
            known = _measure(data, by)
            _known.clear()
            _known[key] = (time.monotonic(), known)
    return known


def forget() -> None:
    """Something large has changed: count anew."""
    _known.clear()


def _measure(data: Path, by: Actor) -> DiskUse:
    with db.session() as session:
        return DiskUse(
            total=disk.total(data),
            free=disk.free(data),
            database=_database(data),
            kinds=_kinds(session),
            contacts=_contacts(session, by),
            months=_months(session),
        )


def _database(data: Path) -> int:
    found = (path for name in ("appliance.db", "queue.db") for path in data.glob(f"{name}*"))
    return sum(path.stat().st_size for path in found if path.is_file())


def _kinds(session: Session) -> tuple[Slice, ...]:
    """Each file counted, less those that are the same bytes as another one: few, and found in the index alone."""
    each = select(_group(), func.count(), func.sum(File.size)).where(File.sha256 != "").group_by(_group())
    found = {name: Slice(name, count, size or 0) for name, count, size in session.execute(each)}
    made = session.execute(select(func.count(), func.sum(Rendition.size)).where(Rendition.sha256 != "")).one()
    found[RENDITIONS] = Slice(RENDITIONS, made[0], made[1] or 0)
    for name, again, size in (*session.execute(_again(File, _group())), *session.execute(_again(Rendition))):
        group = name or RENDITIONS
        found[group] = Slice(group, found[group].count - again, found[group].size - again * (size or 0))
    return tuple(found[name] for name in (*keep_rules.GROUPS, OTHER, RENDITIONS) if name in found)


def _again(kept: type[File | Rendition], group: ColumnElement[str] | None = None) -> Select[str, Any, int | None]:
    """For bytes that are several rows: the group they count in, how often too many, and how large they are."""
    several = select(kept.sha256, (func.count() - 1).label("again")).where(kept.sha256 != "").group_by(kept.sha256)
    each = several.having(func.count() > 1).subquery()
    name = literal("") if group is None else group
    found = select(func.max(name), func.max(each.c.again), func.max(kept.size))
    return found.select_from(kept).join(each, each.c.sha256 == kept.sha256).group_by(kept.sha256)


def _contacts(session: Session, by: Actor) -> tuple[OfContact, ...]:
    of = select(Ticket.contact_id, Part.file_id, func.max(Ticket.id).label("ticket_id"))
    of = of.join(Message, Message.ticket_id == Ticket.id).join(Part, Part.message_id == Message.id)
    each = of.where(Part.file_id.is_not(None), visible_to(by)).group_by(Ticket.contact_id, Part.file_id).subquery()
    held, made = _held(), _made().subquery()
    size = func.sum(held + func.coalesce(made.c.size, 0))
    query = select(each.c.contact_id, func.max(each.c.ticket_id), func.count(), size)
    query = query.join(File, File.id == each.c.file_id).join(made, made.c.file_id == File.id, isouter=True)
    rows = session.execute(query.group_by(each.c.contact_id).order_by(size.desc()).limit(CONTACTS)).all()
    found = select(Contact.id, Contact.name).where(Contact.id.in_([row[0] for row in rows]))
    names = {row.id: row.name for row in session.execute(found)}
    return tuple(OfContact(who, names.get(who, ""), ticket, count, size) for who, ticket, count, size in rows if size)


def _months(session: Session) -> tuple[OfMonth, ...]:
    """Days are what a database can tell from milliseconds without knowing a calendar."""
    day = (type_coerce(File.created_at, BigInteger) // DAY_MS).label("day")
    made = _made().subquery()
    query = select(day, func.count(), func.sum(_held() + func.coalesce(made.c.size, 0)))
    query = query.join(made, made.c.file_id == File.id, isouter=True).group_by(day)
    return _folded([(int(number), count, size or 0) for number, count, size in session.execute(query)])


def _folded(days: Sequence[tuple[int, int, int]]) -> tuple[OfMonth, ...]:
    """Newest first; months that hold nothing are left out."""
    sums: dict[datetime, tuple[int, int]] = {}
    for number, count, size in days:
        month = (_EPOCH + timedelta(days=number)).replace(day=1)
        before = sums.get(month, (0, 0))
        sums[month] = (before[0] + count, before[1] + size)
    return tuple(OfMonth(month, *sums[month]) for month in sorted(sums, reverse=True) if sums[month][1])


def _group() -> ColumnElement[str]:
    return case(
        {kind: name for name, kinds in keep_rules.GROUPS.items() for kind in kinds}, value=File.kind, else_=OTHER
    )


def _held() -> ColumnElement[int]:
    """What is here of the original."""
    return case((File.sha256 != "", func.coalesce(File.size, 0)), else_=0)


def _made() -> Select[int, int]:
    return select(Rendition.file_id, func.sum(Rendition.size).label("size")).group_by(Rendition.file_id)
