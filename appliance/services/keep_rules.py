"""What the owner lets go to keep room: originals of a kind after so many days. Off unless somebody switches it on.

What was made of an original stays, and only what has something to show for it goes. A file that may still have to
leave, that was never sent, that a saved reply holds, or that is being prepared is kept whatever the rule says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from appliance import db
from appliance.models import Delivery, File, Message, Part, Rendition, Ticket, now
from appliance.services import reply_files, settings

# A rule's name → the kinds it is about.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "video": ("video", "video_note", "animation"),
    "photo": ("photo", "sticker"),
    "voice": ("voice", "audio"),
    "document": ("document",),
}
# What a person sees or hears instead of the original; a poster is not the film.
SHOWN = ("playable", "text", "page-1")
# What has happened to a delivery that will never send its files.
OVER = ("sent", "cancelled")
LARGEST = 50
Days = Mapping[str, int]


@dataclass(frozen=True)
class Leaving:
    """An original that a rule would let go."""

    file_id: int
    kind: str
    name: str
    size: int
    created_at: datetime
    ticket_id: int | None


@dataclass(frozen=True)
class Plan:
    """What the rules would let go now. `freed` is what the disk gains: bytes that another file needs stay."""

    count: int
    freed: int
    largest: tuple[Leaving, ...]


def setting(group: str) -> str:
    return f"keep_{group}_days"


def chosen() -> Days:
    """Each rule's days; 0 keeps for ever."""
    return {group: settings.get_number(setting(group)) for group in GROUPS}


def plan(days: Days) -> Plan:
    """A dry run: nothing changes."""
    leaving = _leaving(days)
    if leaving is None:
        return Plan(0, 0, ())
    query = select(File).where(leaving)
    with db.session() as session:
        count = session.scalar(select(func.count()).select_from(File).where(leaving)) or 0
        largest = list(session.scalars(query.order_by(File.size.desc(), File.id).limit(LARGEST)))
        tickets = {row[0]: row[1] for row in session.execute(_tickets([file.id for file in largest]))}
        freed = _freed(session, leaving)
    return Plan(count, freed, tuple(_row(file, tickets.get(file.id)) for file in largest))


def oldest(days: Days, limit: int) -> list[int]:
    """Files whose originals go next."""
    leaving = _leaving(days)
    if leaving is None:
        return []
    with db.session() as session:
        return list(session.scalars(select(File.id).where(leaving).order_by(File.id).limit(limit)))


def may_go(days: Days) -> ColumnElement[bool] | None:
    """The condition over File, to be asked again while it is let go; None if no rule is on."""
    return _leaving(days)


def _leaving(days: Days) -> ColumnElement[bool] | None:
    moment = now()
    aged = [
        and_(File.kind.in_(kinds), File.created_at < moment - timedelta(days=days[group]))
        for group, kinds in GROUPS.items()
        if days.get(group, 0) > 0
    ]
    if not aged:
        return None
    return and_(
        or_(*aged),
        File.state == "ready",
        File.making == "",
        File.sha256 != "",
        File.dropped_at.is_(None),
        _has_something_to_show(),
        _is_in_a_ticket(),
        ~_may_still_leave(),
        ~reply_files.held(),
    )


def _has_something_to_show() -> ColumnElement[bool]:
    return exists().where(Rendition.file_id == File.id, Rendition.kind.in_(SHOWN), Rendition.sha256 != "")


def _is_in_a_ticket() -> ColumnElement[bool]:
    return exists().where(Part.file_id == File.id, Part.message_id == Message.id, Message.ticket_id.is_not(None))


def _may_still_leave() -> ColumnElement[bool]:
    return exists().where(Part.file_id == File.id, Delivery.message_id == Part.message_id, Delivery.state.not_in(OVER))


def _freed(session: Session, leaving: ColumnElement[bool]) -> int:
    """Bytes are kept once however many files they are; they go when the last that needs them does. Few are shared, so
    that only for those it is worked out who needs them."""
    shared = _shared()
    alone = session.scalar(select(func.sum(File.size)).where(leaving, File.sha256.not_in(shared)))
    going = select(File.sha256, func.max(File.size).label("size"), func.count().label("files"))
    each = going.where(leaving, File.sha256.in_(shared)).group_by(File.sha256).subquery()
    other = aliased(File)
    needing = select(func.count()).where(other.sha256 == each.c.sha256).scalar_subquery()
    made = exists().where(Rendition.sha256 == each.c.sha256)
    together = session.scalar(select(func.sum(each.c.size)).where(each.c.files == needing, ~made))
    return (alone or 0) + (together or 0)


def _shared() -> CompoundSelect[str]:
    """Bytes that are several files, or a file and a rendition."""
    any_file = aliased(File)
    one = select(any_file.sha256).where(any_file.sha256 != "")
    several = one.group_by(any_file.sha256).having(func.count() > 1)
    return several.union(one.where(any_file.sha256.in_(select(Rendition.sha256))))


def _tickets(file_ids: list[int]) -> Select[int | None, int]:
    query = select(Part.file_id, func.max(Ticket.id)).join(Message, Message.id == Part.message_id)
    query = query.join(Ticket, Ticket.id == Message.ticket_id)
    return query.where(Part.file_id.in_(file_ids)).group_by(Part.file_id)


def _row(file: File, ticket_id: int | None) -> Leaving:
    return Leaving(file.id, file.kind, file.name, file.size or 0, file.created_at, ticket_id)
