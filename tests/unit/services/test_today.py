"""The manager's figures, counted as the lists behind them count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from appliance import db
from appliance.models import Ticket, now
from appliance.services import selecting, settings, taking, tickets, today
from appliance.services.filters import Filters
from appliance.values import SYSTEM, Actor
from tests.unit.services.conftest import Desk

MANAGER = Actor("agent", 99, "manager", "Maria")


@pytest.fixture
def three(desk: Desk) -> list[int]:
    settings.set("time_zone", "Europe/Moscow", SYSTEM)
    for number in range(3):
        desk.write({"chat": number + 1, "id": 1, "text": "hello"})
    return [ticket.id for ticket in desk.tickets()]


def listed(tab: str, *chosen: tuple[str, str]) -> int:
    with db.session() as session:
        shown = selecting.conditions(MANAGER, Filters.read([("tab", tab), *chosen]))
        return len(session.scalars(select(Ticket.id).where(*shown)).all())


def test_what_waits_now(desk: Desk, three: list[int]) -> None:
    taking.take(three[0], desk.agent)
    tickets.snooze(three[1], now() + timedelta(hours=1), desk.agent)
    with db.write() as session:
        session.execute(update(Ticket).where(Ticket.id == three[2]).values(due_at=now() - timedelta(hours=1)))
    found = today.overview(MANAGER).standing
    assert (found.waiting, found.unclaimed, found.overdue, found.snoozed) == (2, 1, 1, 1)
    assert found.oldest_id == three[0]


def test_who_finished_what(desk: Desk, three: list[int]) -> None:
    tickets.finish(three[0], "solved", desk.agent)
    taking.take(three[1], desk.agent)
    found = today.overview(MANAGER)
    (person,) = found.people
    assert (person.name, person.today, person.week, person.open) == ("Ольга", 1, 1, 1)
    assert (found.created_today, found.done_today, found.done_week) == (3, 1, 1)


def test_yesterday_is_not_today(desk: Desk, three: list[int]) -> None:
    tickets.finish(three[0], "solved", desk.agent)
    with db.write() as session:
        session.execute(update(Ticket).values(done_at=now() - timedelta(days=8), created_at=now() - timedelta(days=2)))
    found = today.overview(MANAGER)
    assert (found.created_today, found.done_today, found.done_week) == (0, 0, 0)


def test_hours_are_the_companys(desk: Desk, three: list[int]) -> None:
    monday = (now() - timedelta(days=now().weekday() + 7)).astimezone(UTC).replace(hour=21, minute=30)
    with db.write() as session:
        session.execute(update(Ticket).values(created_at=monday))
    hours = today.overview(MANAGER).hours
    assert hours[1][0] == 3, "half past nine on Monday evening in London is Tuesday in Moscow"
    assert sum(map(sum, hours)) == 3
    assert listed("all", ("opened", "1-0")) == 3
    assert listed("all", ("opened", "0-21")) == 0


def test_an_agent_sees_the_figures_of_what_they_may_see(desk: Desk, three: list[int]) -> None:
    nobody = Actor("contact", 1)
    assert today.overview(nobody).standing.waiting == 0
    assert today.overview(desk.agent).standing.waiting == 3


def test_old_tickets_are_not_counted_by_hour(desk: Desk, three: list[int]) -> None:
    with db.write() as session:
        session.execute(update(Ticket).values(created_at=datetime(2020, 1, 1, tzinfo=UTC)))
    assert today.strongest(today.overview(MANAGER).hours) == 0
