"""What stands on a ticket is changed, told, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Agent, Event, Team, TeamMember, Ticket
from appliance.services import fact_undoing, fields, followers, tags, ticket_facts, ticket_templates, ticket_view
from appliance.services.ticket_templates import TicketTemplateForm
from appliance.services.tickets import TicketError
from appliance.values import Actor
from tests.unit.services.conftest import Desk

OWNER = Actor("agent", 77, "owner", "Petra")
SUMMER = datetime(2026, 7, 1, 15, tzinfo=UTC)


@pytest.fixture
def ticket(desk: Desk) -> int:
    ticket_templates.change(1, TicketTemplateForm("Default", stages=("in diagnosis", "ready")), OWNER)
    fields.define("ticket", "Order", "text", [], OWNER, [1])
    desk.write({"chat": 7, "id": 1, "text": "it is dead"})
    with db.write() as session:
        session.add(Team(id=5, name="Repair", closed=False))
    return 1001


def state() -> dict[str, Any]:
    with db.session() as session:
        row = session.get_one(Ticket, 1001)
        view = ticket_view.find(session, 1001, OWNER)
        assert view is not None
        card = ticket_view.card(session, view, OWNER)
        return {
            "tags": view.tags,
            "priority": row.priority,
            "due": row.due_at,
            "team": row.team_id,
            "step": row.step,
            "fields": [each.value for each in card.facts.fields],
            "followers": [one.name for one in card.facts.followers],
        }


CHANGES: dict[str, Callable[[Actor], int]] = {
    "tags": lambda by: ticket_facts.put_tags(1001, ["refund", "vip"], by),
    "priority": lambda by: ticket_facts.prioritise(1001, 4, by),
    "due": lambda by: ticket_facts.set_due(1001, SUMMER, by),
    "team": lambda by: ticket_facts.give_to_team(1001, 5, by),
    "step": lambda by: ticket_facts.set_step(1001, "ready", by),
    "fields": lambda by: ticket_facts.fill(1001, 1, "5518", "en", by),
    "followers": lambda by: ticket_facts.follow(1001, by.id or 0, by),
}


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_is_told_once_and_can_be_taken_back(desk: Desk, ticket: int, name: str) -> None:
    before = state()
    event = CHANGES[name](desk.agent)
    after = state()
    assert {key for key in before if before[key] != after[key]} == {name}
    assert CHANGES[name](desk.agent) == 0
    assert fact_undoing.undo(ticket, event, desk.agent) > event
    assert state() == before
    with db.session() as session:
        told = session.scalars(select(Event).where(Event.ticket_id == ticket, Event.kind == "ticket_changed"))
        assert [each.actor_id for each in told] == [desk.agent.id] * 2


def test_what_a_colleague_changed_since_is_not_taken_back(desk: Desk, ticket: int) -> None:
    event = ticket_facts.prioritise(ticket, 3, desk.agent)
    ticket_facts.prioritise(ticket, 4, OWNER)
    with pytest.raises(TicketError, match="changed_since"):
        fact_undoing.undo(ticket, event, desk.agent)
    mine = ticket_facts.fill(ticket, 1, "a", "en", desk.agent)
    ticket_facts.fill(ticket, 1, "b", "en", OWNER)
    with pytest.raises(TicketError, match="changed_since"):
        fact_undoing.undo(ticket, mine, desk.agent)
    assert (state()["priority"], state()["fields"]) == (4, ["b"])


def test_nobody_takes_back_what_others_did(desk: Desk, ticket: int) -> None:
    event = ticket_facts.prioritise(ticket, 3, OWNER)
    with pytest.raises(TicketError, match="not_found"):
        fact_undoing.undo(ticket, event, desk.agent)


def test_tags_put_on_meanwhile_stay(desk: Desk, ticket: int) -> None:
    event = ticket_facts.put_tags(ticket, ["refund"], desk.agent)
    ticket_facts.put_tags(ticket, ["vip"], OWNER)
    fact_undoing.undo(ticket, event, desk.agent)
    assert state()["tags"] == ("vip",)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda by: ticket_facts.prioritise(1001, 9, by), "bad_priority"),
        (lambda by: ticket_facts.give_to_team(1001, 99, by), "no_team"),
        (lambda by: ticket_facts.set_step(1001, "elsewhere", by), "bad_step"),
        (lambda by: ticket_facts.follow(1001, 99, by), "no_agent"),
    ],
)
def test_it_refuses_what_cannot_be(desk: Desk, ticket: int, change: Callable[[Actor], int], code: str) -> None:
    before = state()
    with pytest.raises(TicketError, match=code):
        change(desk.agent)
    assert state() == before


def test_who_may_not_see_a_ticket_changes_nothing_on_it(desk: Desk, ticket: int) -> None:
    with db.write() as session:
        session.add(Team(id=6, name="Secret", closed=True))
        session.flush()
        session.get_one(Ticket, ticket).team_id = 6
    before = state()
    for change in CHANGES.values():
        with pytest.raises(TicketError, match="not_found"):
            change(desk.agent)
    assert state() == before
    with db.write() as session:
        session.add(TeamMember(team_id=6, agent_id=desk.agent.id or 0))
    assert CHANGES["priority"](desk.agent)


def test_who_left_follows_no_more(desk: Desk, ticket: int) -> None:
    with db.write() as session:
        followers.add(session, ticket, desk.agent.id or 0, desk.agent)
        assert followers.add(session, ticket, desk.agent.id or 0, desk.agent) == 0
        session.get_one(Agent, desk.agent.id).active = False
    assert state()["followers"] == []


def test_a_tag_that_two_put_on_is_there_once(desk: Desk, ticket: int) -> None:
    with db.write() as session:
        tags.put(session, "ticket", ticket, ["VIP"])
        tags.put(session, "ticket", ticket, ["vip"])
    assert state()["tags"] == ("VIP",)
