"""Who is told what, and what settles it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from appliance import db, feed
from appliance.models import Agent, Event, Follower, Mention, Notice, Ticket, now
from appliance.services import notice_list, noticing, outbox, overdue, taking, teams, tickets
from appliance.values import Actor
from tests.unit.services.conftest import Desk


@pytest.fixture
def boris(desk: Desk) -> Actor:
    with db.write() as session:
        agent = Agent(login="boris", name="Boris", role="agent", password="-")
        session.add(agent)
        session.flush()
        return Actor("agent", agent.id, "agent", agent.name)


@pytest.fixture
def ticket(desk: Desk) -> int:
    desk.write({"chat": 1, "id": 1, "text": "hello"})
    return desk.tickets()[0].id


def told(agent: Actor, unread: bool = True) -> list[str]:
    """Kinds, oldest first."""
    while noticing.follow():
        pass
    query = select(Notice.kind).where(Notice.agent_id == agent.id).order_by(Notice.id)
    with db.session() as session:
        return list(session.scalars(query.where(Notice.read_at.is_(None)) if unread else query))


def test_everybody_who_could_take_it_hears_of_a_new_ticket(desk: Desk, boris: Actor, ticket: int) -> None:
    assert [told(desk.agent), told(boris)] == [["new"], ["new"]]


def test_nobody_is_asked_any_more_once_it_is_taken(desk: Desk, boris: Actor, ticket: int) -> None:
    assert told(boris) == ["new"]
    taking.take(ticket, desk.agent)
    assert [told(desk.agent), told(boris)] == [[], []]


def test_who_is_given_a_ticket_is_told_but_not_who_gave_it(desk: Desk, boris: Actor, ticket: int) -> None:
    told(boris)
    taking.assign(ticket, boris.id, desk.agent)
    assert told(boris) == ["assigned"]
    assert told(desk.agent) == []


def test_the_assignee_and_the_followers_hear_of_the_customers_words(desk: Desk, boris: Actor, ticket: int) -> None:
    taking.take(ticket, desk.agent)
    with db.write() as session:
        session.add(Follower(ticket_id=ticket, agent_id=boris.id))
    desk.write({"chat": 1, "id": 2, "text": "and the printer"})
    assert [told(desk.agent), told(boris)] == [["customer"], ["customer"]]


def test_once_for_each_event_however_often_it_is_read(desk: Desk, ticket: int) -> None:
    told(desk.agent)
    with db.write() as session:
        feed.advance(session, noticing.CONSUMER, 0)
    assert told(desk.agent) == ["new"]


def test_spam_and_the_trash_disturb_nobody(desk: Desk, ticket: int) -> None:
    assert told(desk.agent) == ["new"]
    tickets.shelve(ticket, "spam", True, desk.agent)
    assert told(desk.agent) == []
    desk.write({"chat": 1, "id": 2, "text": "buy now"})
    assert told(desk.agent) == []


def test_a_mention_is_told_once_and_before_all_else(desk: Desk, boris: Actor, ticket: int) -> None:
    taking.assign(ticket, boris.id, desk.agent)
    told(boris)
    note = outbox.note(ticket, desk.agent, "look at this")
    with db.write() as session:
        session.add(Mention(message_id=note, agent_id=boris.id, ticket_id=ticket))
    assert told(boris) == ["assigned", "mention"]


def test_what_is_overdue_is_told_once(desk: Desk, ticket: int) -> None:
    taking.take(ticket, desk.agent)
    with db.write() as session:
        session.execute(update(Ticket).values(due_at=now() - timedelta(minutes=1)))
    assert [overdue.tell(), overdue.tell()] == [1, 0]
    assert told(desk.agent) == ["overdue"]


def test_done_settles_all(desk: Desk, boris: Actor, ticket: int) -> None:
    taking.assign(ticket, boris.id, desk.agent)
    assert told(boris) == ["assigned"]
    tickets.finish(ticket, "solved", desk.agent)
    assert told(boris) == []


def test_who_may_not_see_it_hears_nothing(desk: Desk, boris: Actor, ticket: int) -> None:
    team = teams.add("Workshop", Actor("system"))
    with db.write() as session:
        session.execute(update(Ticket).values(team_id=team))
        session.add(Follower(ticket_id=ticket, agent_id=boris.id))
    assert told(boris) == []


def test_the_bell_shows_one_line_for_a_ticket(desk: Desk, boris: Actor, ticket: int) -> None:
    taking.assign(ticket, boris.id, desk.agent)
    desk.write({"chat": 1, "id": 2, "text": "and the printer"})
    told(boris)
    (line,) = notice_list.find(boris)
    assert (line.kind, line.count, line.unread, line.text) == ("customer", 2, True, "and the printer")
    assert notice_list.count(boris) == 1
    notice_list.read_all(boris)
    assert notice_list.count(boris) == 0
    assert not notice_list.find(boris)[0].unread


def test_who_opens_the_ticket_has_seen_it(desk: Desk, boris: Actor, ticket: int) -> None:
    assert told(boris) == told(desk.agent) == ["new"]
    notice_list.seen(ticket, boris)
    assert [notice_list.count(boris), notice_list.count(desk.agent)] == [0, 1]


def test_pages_hear_that_there_is_news(desk: Desk, ticket: int) -> None:
    told(desk.agent)
    with db.session() as session:
        assert session.scalar(select(Event.id).where(Event.kind == "notice_left", Event.ticket_id == ticket))
