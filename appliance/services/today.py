"""How the day goes: what waits now, what was done by whom, when customers write. Every figure is a list to open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, ColumnElement, and_, case, func, select, type_coerce
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Agent, Ticket, now
from appliance.models.base import EPOCH
from appliance.services import settings
from appliance.services.visibility import visible_to
from appliance.values import Actor

HOUR = 3_600_000
WEEKS = 4


@dataclass(frozen=True)
class Standing:
    """What there is at this moment. `oldest_id` waits longest, since `oldest_since`."""

    waiting: int
    unclaimed: int
    overdue: int
    snoozed: int
    oldest_id: int | None
    oldest_since: datetime | None


@dataclass(frozen=True)
class Person:
    """Tickets finished by one agent, and those they hold now."""

    agent_id: int
    name: str
    today: int
    week: int
    open: int


@dataclass(frozen=True)
class Overview:
    """`day` and `week_from` are days of the company's zone; the week begins on Monday. `hours[weekday][hour]` counts
    the tickets customers opened in the last four weeks, by the company's clock."""

    day: date
    week_from: date
    standing: Standing
    created_today: int
    done_today: int
    done_week: int
    people: tuple[Person, ...]
    hours: tuple[tuple[int, ...], ...]


def overview(by: Actor) -> Overview:
    """As this actor may see it."""
    zone = ZoneInfo(settings.get("time_zone"))
    today = now().astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    with db.session() as session:
        day_begins, week_begins = _begin(today, zone), _begin(monday, zone)
        people = _people(session, by, day_begins, week_begins)
        return Overview(
            day=today,
            week_from=monday,
            standing=_standing(session, by),
            created_today=_count(session, by, Ticket.created_at >= day_begins, Ticket.shelf == "none"),
            done_today=_count(session, by, Ticket.done_at >= day_begins, Ticket.stage == "done"),
            done_week=_count(session, by, Ticket.done_at >= week_begins, Ticket.stage == "done"),
            people=people,
            hours=_hours(session, by, zone),
        )


def _standing(session: Session, by: Actor) -> Standing:
    active = and_(Ticket.shelf == "none", Ticket.merged_into_id.is_(None), Ticket.stage.in_(("open", "snoozed")))
    is_open, moment = Ticket.stage == "open", now()
    waits = and_(is_open, Ticket.waiting_for == "us")
    query = select(
        _sum(waits),
        _sum(and_(is_open, Ticket.assignee_id.is_(None))),
        _sum(and_(is_open, Ticket.due_at < moment)),
        _sum(Ticket.stage == "snoozed"),
    ).where(active, visible_to(by))
    waiting, unclaimed, overdue, snoozed = (int(figure or 0) for figure in session.execute(query).one())
    oldest = session.execute(
        select(Ticket.id, Ticket.waiting_since)
        .where(active, waits, visible_to(by), Ticket.waiting_since.is_not(None))
        .order_by(Ticket.waiting_since, Ticket.id)
        .limit(1)
    ).first()
    return Standing(
        waiting=waiting,
        unclaimed=unclaimed,
        overdue=overdue,
        snoozed=snoozed,
        oldest_id=oldest.id if oldest else None,
        oldest_since=oldest.waiting_since if oldest else None,
    )


def _people(session: Session, by: Actor, day: datetime, week: datetime) -> tuple[Person, ...]:
    """Everybody who works here or has finished something this week."""
    done = (
        select(Ticket.done_by_id, _sum(Ticket.done_at >= day), func.count())
        .where(Ticket.done_at >= week, Ticket.stage == "done", visible_to(by), Ticket.done_by_id.is_not(None))
        .group_by(Ticket.done_by_id)
    )
    finished = {agent_id: (int(today or 0), int(all_of_it)) for agent_id, today, all_of_it in session.execute(done)}
    held = (
        select(Ticket.assignee_id, func.count())
        .where(Ticket.stage == "open", Ticket.shelf == "none", visible_to(by), Ticket.assignee_id.is_not(None))
        .group_by(Ticket.assignee_id)
    )
    holding: Mapping[int | None, int] = {row[0]: row[1] for row in session.execute(held)}
    agents = session.execute(select(Agent.id, Agent.name, Agent.active).order_by(Agent.name, Agent.id))
    return tuple(
        Person(row.id, row.name, *finished.get(row.id, (0, 0)), holding.get(row.id, 0))
        for row in agents
        if row.active or row.id in finished
    )


def _hours(session: Session, by: Actor, zone: ZoneInfo) -> tuple[tuple[int, ...], ...]:
    """Counted by whole hours of UTC first: then there are at most 672 rows to put into the company's hours."""
    hour = type_coerce(Ticket.created_at, BigInteger) // HOUR
    since = now() - timedelta(weeks=WEEKS)
    query = (
        select(hour.label("hour"), func.count())
        .where(Ticket.created_at >= since, Ticket.started_by == "contact", Ticket.shelf != "spam", visible_to(by))
        .group_by("hour")
    )
    table = [[0] * 24 for _ in range(7)]
    for number, count in session.execute(query):
        local = (EPOCH + timedelta(hours=int(number))).astimezone(zone)
        table[local.weekday()][local.hour] += count
    return tuple(tuple(row) for row in table)


def _count(session: Session, by: Actor, *conditions: ColumnElement[bool]) -> int:
    counted = select(func.count()).select_from(Ticket).where(*conditions, visible_to(by))
    return session.scalar(counted.where(Ticket.merged_into_id.is_(None))) or 0


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _begin(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def strongest(hours: Sequence[Sequence[int]]) -> int:
    """The most in one hour, for the scale."""
    return max((count for row in hours for count in row), default=0)
