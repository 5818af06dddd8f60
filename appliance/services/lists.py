"""The lists of tickets: which rows a list holds, page by page, and how many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Connection, Mention, Message, Ticket, TicketRead
from appliance.services import accounts, reading, rows, selecting, sorts
from appliance.services.filters import DEFAULT_TAB, TABS, Filters
from appliance.services.rows import Row
from appliance.services.sorts import ORDERS, Order
from appliance.services.visibility import visible_to
from appliance.values import Account, Actor

__all__ = ["DEFAULT_TAB", "PAGE", "TABS", "Counts", "Filters", "ListPage", "Total", "count", "counts", "find"]
PAGE = 50
# Nobody counts on: beyond it a list says "more than".
MOST_COUNTED = 10_000
MOST_COUNTED_IN_VIEWS = 999


@dataclass(frozen=True)
class ListPage:
    """Some rows and the place to go on from, '' at the end."""

    rows: tuple[Row, ...]
    more: str = ""


@dataclass(frozen=True)
class Total:
    """How many there are; `more` than that when nobody counted to the end."""

    number: int
    more: bool = False


@dataclass(frozen=True)
class Counts:
    """Open work by tab. `unread`: waiting for us with unread words, mine or nobody's. `mentions`: not seen yet."""

    waiting: int = 0
    mine: int = 0
    unclaimed: int = 0
    snoozed: int = 0
    unread: int = 0
    mentions: int = 0
    drafts: int = 0
    undelivered: int = 0
    overdue: int = 0

    def by_key(self) -> dict[str, int]:
        return asdict(self)


def find(by: Actor, filters: Filters, sort: str = "", after: str = "", limit: int = PAGE) -> ListPage:
    """A page of a list's rows; `after` is the `more` of the page before. `sort` as in services.sorts, '' the tab's."""
    order = order_of(filters.tab, sort)
    conditions = selecting.conditions(by, filters)
    with db.session() as session:
        found = _find(session, conditions, order, after, limit + 1)
        shown = found[:limit]
        made = rows.load(session, by, [row.id for row in shown])
    more = sorts.mark(shown[-1].place, shown[-1].id) if len(found) > limit else ""
    return ListPage(tuple(made), more)


def every(session: Session, by: Actor, filters: Filters, sort: str = "") -> Iterator[Any]:
    """All of a list in the order of its pages, each with an `id`."""
    order, conditions = order_of(filters.tab, sort), selecting.conditions(by, filters)
    after = ""
    while True:
        found = _find(session, conditions, order, after, MOST_COUNTED)
        yield from found
        if len(found) < MOST_COUNTED:
            return
        after = sorts.mark(found[-1].place, found[-1].id)


def find_row(by: Actor, ticket_id: int, filters: Filters) -> tuple[Row | None, bool]:
    """One row as this actor sees it, None when they may not; and whether it belongs to the list."""
    conditions = selecting.conditions(by, filters)
    with db.session() as session:
        visible = session.scalar(select(Ticket.id).where(Ticket.id == ticket_id, visible_to(by)))
        if visible is None:
            return None, False
        inside = session.scalar(select(Ticket.id).where(Ticket.id == ticket_id, *conditions))
        return rows.load(session, by, [ticket_id])[0], inside is not None


def count(by: Actor, filters: Filters) -> Total:
    """How long a list is, as far as anybody wants to know."""
    inner = select(Ticket.id).where(*selecting.conditions(by, filters)).limit(MOST_COUNTED + 1)
    with db.session() as session:
        number = session.scalar(select(func.count()).select_from(inner.subquery())) or 0
    return Total(min(number, MOST_COUNTED), number > MOST_COUNTED)


def count_each(by: Actor, wanted: Mapping[str, Filters]) -> dict[str, int]:
    """How long several lists are, in one query; none is counted beyond 999."""
    if not wanted:
        return {}
    counted = [_capped(by, filters).label(name) for name, filters in wanted.items()]
    with db.session() as session:
        return {name: int(number or 0) for name, number in session.execute(select(*counted)).one()._mapping.items()}


def order_of(tab: str, sort: str) -> Order:
    return ORDERS[sort if sort in sorts.choices(tab) else sorts.default(tab)]


def counts(by: Actor) -> Counts:
    """All counters: one query over what is open, one over what is rare."""
    open_work = select(
        _sum(selecting.waits()),
        _sum(and_(Ticket.stage == "open", Ticket.assignee_id == by.id)),
        _sum(and_(Ticket.stage == "open", Ticket.assignee_id.is_(None))),
        _sum(Ticket.stage == "snoozed"),
        _sum(and_(selecting.waits(), _ours(by), _has_unread(by))),
    ).where(selecting.on_desk(), Ticket.stage.in_(("open", "snoozed")), visible_to(by))
    rare = select(
        _number(by, Ticket.id.in_(_unseen_mentions(by))),
        _number(by, selecting.has_draft(by)),
        _number(by, selecting.is_undelivered()),
        _number(by, selecting.is_overdue()),
    )
    with db.session() as session:
        found = [*session.execute(open_work).one(), *session.execute(rare).one()]
    return Counts(*(int(number or 0) for number in found))


def ever_used() -> bool:
    """Whether any customer has ever written."""
    with db.session() as session:
        return session.scalar(select(Ticket.id).limit(1)) is not None


def first_account() -> Account | None:
    """Whom to write to: the first enabled connection that knows its account."""
    with db.session() as session:
        query = select(Connection.account).where(Connection.enabled).order_by(Connection.id)
        found = (accounts.from_json(stored) for stored in session.scalars(query))
        return next((account for account in found if account is not None), None)


def last_answer_at(by: Actor) -> datetime | None:
    """When somebody last answered a customer: what an empty inbox is proud of."""
    latest = select(Ticket.last_reply_at).where(visible_to(by), selecting.on_desk())
    # With nothing waiting it is among the newest ones; no need to look through all.
    recent = latest.order_by(Ticket.last_message_at.desc()).limit(PAGE).subquery()
    with db.session() as session:
        last: datetime | None = session.scalar(select(func.max(recent.c.last_reply_at)))
    return last


def _find(
    session: Session, conditions: Sequence[ColumnElement[bool]], order: Order, after: str, limit: int
) -> list[Any]:
    """Tickets with a value of the order first, then those without one."""
    query = select(Ticket.id, order.column.label("place")).where(*conditions)
    start = sorts.read_mark(order, after)
    beyond = sorts.beyond(order, *start) if start else []
    found: list[Any] = []
    if start is None or start[0] is not None:
        found += session.execute(sorts.arrange(query.where(*beyond), order, valued=True).limit(limit))
        beyond = []
    if len(found) < limit and order.has_gaps:
        rest = sorts.arrange(query.where(*beyond), order, valued=False)
        found += session.execute(rest.limit(limit - len(found)))
    return found


def _capped(by: Actor, filters: Filters) -> ScalarSelect[Any]:
    inner = select(Ticket.id).where(*selecting.conditions(by, filters)).limit(MOST_COUNTED_IN_VIEWS)
    return select(func.count()).select_from(inner.subquery()).scalar_subquery()


def _number(by: Actor, condition: ColumnElement[bool]) -> ScalarSelect[Any]:
    on_desk = selecting.on_desk(leading=False)
    return select(func.count()).select_from(Ticket).where(condition, on_desk, visible_to(by)).scalar_subquery()


def _unseen_mentions(by: Actor) -> Any:
    return select(Mention.ticket_id).where(Mention.agent_id == by.id, Mention.seen_at.is_(None))


def _ours(by: Actor) -> ColumnElement[bool]:
    return or_(Ticket.assignee_id.is_(None), Ticket.assignee_id == by.id)


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


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
