"""How the day goes: what waits now, what was done by whom, when customers write. Every figure is a list to open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from appliance import db
from appliance.models import Agent, Ticket, now
from appliance.services import busy_hours, selecting, settings
from appliance.services.filters import Filters
from appliance.values import Actor

_Choice = tuple[str, str]


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
    hours: busy_hours.Table


def overview(by: Actor) -> Overview:
    """As this actor may see it. Each figure is counted with the filters of the list that it opens."""
    today = now().astimezone(ZoneInfo(settings.get("time_zone"))).date()
    monday = today - timedelta(days=today.weekday())
    since_today, since_monday = ("done_from", today.isoformat()), ("done_from", monday.isoformat())
    with db.session() as session:
        return Overview(
            day=today,
            week_from=monday,
            standing=_standing(session, by),
            created_today=_count(session, by, "all", ("created_from", today.isoformat())),
            done_today=_count(session, by, "done", since_today),
            done_week=_count(session, by, "done", since_monday),
            people=_people(session, by, since_today, since_monday),
            hours=_hours(session, by),
        )


def _standing(session: Session, by: Actor) -> Standing:
    oldest = session.execute(
        select(Ticket.id, Ticket.waiting_since)
        .where(*selecting.conditions(by, Filters("waiting")), Ticket.waiting_since.is_not(None))
        .order_by(Ticket.waiting_since, Ticket.id)
        .limit(1)
    ).first()
    return Standing(
        waiting=_count(session, by, "waiting"),
        unclaimed=_count(session, by, "unclaimed"),
        overdue=_count(session, by, "overdue"),
        snoozed=_count(session, by, "snoozed"),
        oldest_id=oldest.id if oldest else None,
        oldest_since=oldest.waiting_since if oldest else None,
    )


def _people(session: Session, by: Actor, day: _Choice, week: _Choice) -> tuple[Person, ...]:
    """Everybody who works here or has finished something this week."""
    today = _per_agent(session, by, Ticket.done_by_id, "done", day)
    this_week = _per_agent(session, by, Ticket.done_by_id, "done", week)
    holding = _per_agent(session, by, Ticket.assignee_id, "all", ("stage", "open"))
    agents = session.execute(select(Agent.id, Agent.name, Agent.active).order_by(Agent.name, Agent.id))
    return tuple(
        Person(row.id, row.name, today.get(row.id, 0), this_week.get(row.id, 0), holding.get(row.id, 0))
        for row in agents
        if row.active or row.id in this_week
    )


def _hours(session: Session, by: Actor) -> busy_hours.Table:
    number = busy_hours.number()
    shown = (*selecting.conditions(by, Filters("all")), busy_hours.is_counted())
    rows = session.execute(select(number.label("number"), func.count()).where(*shown).group_by("number"))
    return busy_hours.table((hour, count) for hour, count in rows)


def _count(session: Session, by: Actor, tab: str, *chosen: _Choice) -> int:
    shown = selecting.conditions(by, Filters(tab, chosen))
    return session.scalar(select(func.count()).select_from(Ticket).where(*shown)) or 0


def _per_agent(
    session: Session, by: Actor, column: InstrumentedAttribute[int | None], tab: str, *chosen: _Choice
) -> Mapping[int | None, int]:
    shown = selecting.conditions(by, Filters(tab, chosen))
    rows = session.execute(select(column, func.count()).where(*shown, column.is_not(None)).group_by(column))
    return {row[0]: row[1] for row in rows}


def strongest(hours: Sequence[Sequence[int]]) -> int:
    """The most in one hour, for the scale."""
    return max((count for row in hours for count in row), default=0)
