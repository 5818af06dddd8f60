"""The lists of tickets: which rows a tab holds, in which order, and how many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from appliance import db
from appliance.models import Connection, Message, Ticket, TicketRead
from appliance.models.base import EPOCH
from appliance.services import accounts, reading, rows
from appliance.services.rows import Row
from appliance.services.visibility import visible_to
from appliance.values import Account, Actor

PAGE = 50
TABS = ("waiting", "mine", "unclaimed", "all", "snoozed", "done", "spam", "trash")
DEFAULT_TAB = "waiting"


@dataclass(frozen=True)
class Order:
    """What a tab sorts by; ties go by number in the same direction."""

    column: InstrumentedAttribute[Any]
    descending: bool = True


@dataclass(frozen=True)
class ListPage:
    """Some rows and the place to go on from, '' at the end."""

    rows: tuple[Row, ...]
    more: str = ""


@dataclass(frozen=True)
class Counts:
    """Open work by tab. `unread`: waiting for us with unread words, mine or nobody's."""

    waiting: int = 0
    mine: int = 0
    unclaimed: int = 0
    snoozed: int = 0
    unread: int = 0

    def by_key(self) -> dict[str, int]:
        return asdict(self)


# The longest waiting stands first where somebody waits; the latest word first elsewhere.
_RECENT = Order(Ticket.last_message_at)
_ORDERS: Mapping[str, Order] = {
    "waiting": Order(Ticket.waiting_since, descending=False),
    "snoozed": Order(Ticket.snoozed_until, descending=False),
    "done": Order(Ticket.done_at),
}


def find(by: Actor, tab: str, after: str = "", limit: int = PAGE) -> ListPage:
    """A page of a tab's rows; `after` is the `more` of the page before."""
    order = _ORDERS.get(tab, _RECENT)
    query = select(Ticket.id, order.column.label("place")).where(*_conditions(by, tab), order.column.is_not(None))
    query = _sorted(_beyond(query, order, after), order)
    with db.session() as session:
        found = session.execute(query.limit(limit + 1)).all()
        shown = found[:limit]
        made = rows.load(session, by, [row.id for row in shown])
    more = _mark(shown[-1].place, shown[-1].id) if len(found) > limit else ""
    return ListPage(tuple(made), more)


def find_row(by: Actor, ticket_id: int, tab: str) -> tuple[Row | None, bool]:
    """One row as this actor sees it, None when they may not; and whether it belongs to the tab."""
    with db.session() as session:
        visible = session.scalar(select(Ticket.id).where(Ticket.id == ticket_id, visible_to(by)))
        if visible is None:
            return None, False
        inside = session.scalar(select(Ticket.id).where(Ticket.id == ticket_id, *_conditions(by, tab)))
        return rows.load(session, by, [ticket_id])[0], inside is not None


def place_of(row: Row, tab: str) -> int:
    """Where a row stands in its tab: smaller is higher. For the page, which puts new rows in their place."""
    value: datetime | None = getattr(row, _ORDERS.get(tab, _RECENT).column.key)
    milliseconds = int((value - EPOCH).total_seconds() * 1000) if value else 0
    return -milliseconds if _ORDERS.get(tab, _RECENT).descending else milliseconds


def counts(by: Actor) -> Counts:
    """All counters in one query."""
    active = and_(Ticket.shelf == "none", Ticket.stage.in_(("open", "snoozed")))
    waits = and_(Ticket.stage == "open", Ticket.waiting_for == "us")
    ours = or_(Ticket.assignee_id.is_(None), Ticket.assignee_id == by.id)
    query = select(
        _count(waits),
        _count(and_(Ticket.stage == "open", Ticket.assignee_id == by.id)),
        _count(and_(Ticket.stage == "open", Ticket.assignee_id.is_(None))),
        _count(Ticket.stage == "snoozed"),
        _count(and_(waits, ours, _has_unread(by))),
    ).where(active, Ticket.merged_into_id.is_(None), visible_to(by))
    with db.session() as session:
        waiting, mine, unclaimed, snoozed, unread = session.execute(query).one()
    return Counts(*(int(number or 0) for number in (waiting, mine, unclaimed, snoozed, unread)))


def ever_used() -> bool:
    """Whether any customer has ever written."""
    with db.session() as session:
        return _any(session)


def first_account() -> Account | None:
    """Whom to write to: the first enabled connection that knows its account."""
    with db.session() as session:
        query = select(Connection.account).where(Connection.enabled).order_by(Connection.id)
        found = (accounts.from_json(stored) for stored in session.scalars(query))
        return next((account for account in found if account is not None), None)


def last_answer_at(by: Actor) -> datetime | None:
    """When somebody last answered a customer: what an empty inbox is proud of."""
    with db.session() as session:
        return session.scalar(select(func.max(Ticket.last_reply_at)).where(visible_to(by)))


def _any(session: Session) -> bool:
    return session.scalar(select(Ticket.id).limit(1)) is not None


def _conditions(by: Actor, tab: str) -> Sequence[ColumnElement[bool]]:
    on_desk = and_(Ticket.shelf == "none", Ticket.merged_into_id.is_(None))
    is_open = and_(on_desk, Ticket.stage == "open")
    tabs: Mapping[str, ColumnElement[bool]] = {
        "waiting": and_(is_open, Ticket.waiting_for == "us"),
        "mine": and_(is_open, Ticket.assignee_id == by.id),
        "unclaimed": and_(is_open, Ticket.assignee_id.is_(None)),
        "all": on_desk,
        "snoozed": and_(on_desk, Ticket.stage == "snoozed"),
        "done": and_(on_desk, Ticket.stage == "done"),
        "spam": Ticket.shelf == "spam",
        "trash": Ticket.shelf == "trash",
    }
    return (visible_to(by), tabs[tab])


def _has_unread(by: Actor) -> ColumnElement[bool]:
    read = (
        select(TicketRead.message_id)
        .where(TicketRead.ticket_id == Ticket.id, TicketRead.agent_id == by.id)
        .correlate(Ticket)
        .scalar_subquery()
    )
    unread = exists().where(
        Message.ticket_id == Ticket.id,
        Message.kind == "incoming",
        Message.id > func.coalesce(read, 0),
        reading.still_open(),
    )
    return unread.correlate(Ticket)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _sorted(query: Select[Any], order: Order) -> Select[Any]:
    if order.descending:
        return query.order_by(order.column.desc(), Ticket.id.desc())
    return query.order_by(order.column, Ticket.id)


def _beyond(query: Select[Any], order: Order, after: str) -> Select[Any]:
    place, number = _read_mark(after)
    if place is None:
        return query
    if order.descending:
        return query.where(or_(order.column < place, and_(order.column == place, Ticket.id < number)))
    return query.where(or_(order.column > place, and_(order.column == place, Ticket.id > number)))


def _mark(place: datetime, number: int) -> str:
    return f"{round((place - EPOCH).total_seconds() * 1000)}-{number}"


def _read_mark(mark: str) -> tuple[datetime | None, int]:
    """A mark comes back from a browser: anything odd means the beginning."""
    place, _, number = mark.partition("-")
    if not (place.isdecimal() and number.isdecimal() and len(place) < 15 and len(number) < 18):
        return None, 0
    return datetime.fromtimestamp(int(place) / 1000, EPOCH.tzinfo), int(number)
