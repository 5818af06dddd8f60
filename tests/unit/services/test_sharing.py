"""Tickets that nobody has are shared out among those who are at work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import update

from appliance import db, feed
from appliance.models import Agent, SignIn, Team, TeamMember, Ticket, now
from appliance.services import attendance, settings, sharing, sign_in, taking, tickets
from appliance.values import SYSTEM, Actor
from tests.unit.services.conftest import Desk


def hire(login: str, team: int | None = None, *, here: bool = True) -> Actor:
    with db.write() as session:
        agent = Agent(login=login, name=login.title(), role="agent", password="-", seen_at=now())
        session.add(agent)
        session.flush()
        if team is not None:
            session.add(TeamMember(team_id=team, agent_id=agent.id))
    if here:
        sign_in.begin(agent.id, "", "")
    return Actor("agent", agent.id, "agent", agent.name)


def make_team(manner: str) -> int:
    with db.write() as session:
        team = Team(name="Repairs", sharing=manner)
        session.add(team)
        session.flush()
        return team.id


def come(desk: Desk, number: int, team: int | None = None, first: int = 1) -> list[int]:
    """So many new tickets, not yet shared out."""
    desk.write(*({"chat": chat, "id": 1, "text": "help"} for chat in range(first, first + number)))
    made = [ticket.id for ticket in desk.tickets()][-number:]
    with db.write() as session:
        session.execute(update(Ticket).where(Ticket.id.in_(made)).values(team_id=team))
    return made


def share() -> None:
    while sharing.follow():
        pass


def holders(numbers: Sequence[int]) -> list[int | None]:
    with db.session() as session:
        return [session.get_one(Ticket, number).assignee_id for number in numbers]


def test_nothing_is_shared_out_unless_somebody_wants_it(desk: Desk) -> None:
    hire("anna")
    made = come(desk, 2)
    share()
    sharing.sweep()
    assert holders(made) == [None, None]


def test_everybody_gets_one_in_turn(desk: Desk) -> None:
    team = make_team("round_robin")
    anna, boris, vera = (hire(login, team) for login in ("anna", "boris", "vera"))
    hire("stranger")
    made = come(desk, 4, team)
    share()
    assert holders(made) == [anna.id, boris.id, vera.id, anna.id]
    more = come(desk, 1, team, first=9)
    share()
    assert holders(more) == [boris.id]


def test_whoever_has_the_fewest_open_ones_gets_it(desk: Desk) -> None:
    team = make_team("least_busy")
    anna, boris = hire("anna", team), hire("boris", team)
    old = come(desk, 3)
    for number in old[:2]:
        taking.assign(number, anna.id or 0, anna)
    taking.assign(old[2], boris.id or 0, boris)
    tickets.finish(old[2], "solved", boris)
    made = come(desk, 3, team, first=9)
    share()
    assert holders(made) == [boris.id, boris.id, anna.id]


def test_tickets_of_no_team_follow_the_companys_choice(desk: Desk) -> None:
    settings.set("sharing", "round_robin", SYSTEM)
    anna, boris = hire("anna"), hire("boris")
    made = come(desk, 3)
    share()
    assert holders(made) == [anna.id, boris.id, anna.id]


@pytest.mark.parametrize("why", ["away", "unseen", "signed out"])
def test_who_is_not_at_work_gets_nothing(desk: Desk, why: str) -> None:
    team = make_team("round_robin")
    anna, boris = hire("anna", team), hire("boris", team)
    if why == "away":
        attendance.switch(anna, away=True)
    elif why == "unseen":
        with db.write() as session:
            session.execute(update(Agent).where(Agent.id == anna.id).values(seen_at=now() - timedelta(minutes=6)))
    else:
        with db.write() as session:
            session.execute(update(SignIn).where(SignIn.agent_id == anna.id).values(expires_at=now()))
    made = come(desk, 2, team)
    share()
    assert holders(made) == [boris.id, boris.id]


def test_what_found_nobody_waits_for_whoever_comes(desk: Desk) -> None:
    team = make_team("round_robin")
    anna = hire("anna", team, here=False)
    made = come(desk, 2, team)
    share()
    sharing.sweep()
    assert holders(made) == [None, None]
    sign_in.begin(anna.id or 0, "", "")
    assert sharing.sweep() == 2
    assert holders(made) == [anna.id, anna.id]


def test_the_sweep_takes_no_more_than_it_can_carry(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "SWEEP", 2)
    settings.set("sharing", "round_robin", SYSTEM)
    made = come(desk, 3)
    hire("anna")
    assert (sharing.sweep(), sharing.sweep(), sharing.sweep()) == (2, 1, 0)
    assert None not in holders(made)


def test_an_offer_is_left_to_people(desk: Desk) -> None:
    team = make_team("round_robin")
    anna = hire("anna", team)
    (made,) = come(desk, 1)
    taking.offer(made, team, anna)
    share()
    sharing.sweep()
    assert holders([made]) == [None]


def test_what_somebody_gives_back_does_not_return_to_them(desk: Desk) -> None:
    team = make_team("round_robin")
    anna = hire("anna", team)
    (made,) = come(desk, 1, team)
    share()
    taking.release(made, anna)
    share()
    sharing.sweep()
    assert holders([made]) == [None]


def test_a_ticket_handed_to_a_team_is_shared_out_there(desk: Desk) -> None:
    team = make_team("round_robin")
    anna = hire("anna", team)
    (made,) = come(desk, 1)
    taking.give_to_team(made, team, anna)
    share()
    assert holders([made]) == [anna.id]


def test_a_kill_before_the_cursor_moved_gives_nothing_twice(desk: Desk) -> None:
    team = make_team("round_robin")
    anna, _boris = hire("anna", team), hire("boris", team)
    made = come(desk, 1, team)
    before = feed.position(sharing.CONSUMER)
    share()
    with db.write() as session:
        feed.advance(session, sharing.CONSUMER, before)
    share()
    assert holders(made) == [anna.id]


def test_the_timeline_names_what_caused_it(desk: Desk) -> None:
    team = make_team("round_robin")
    hire("anna", team)
    (made,) = come(desk, 1, team)
    share()
    events = [event for event in feed.after(0, 500) if event.ticket_id == made]
    created = next(event for event in events if event.kind == "ticket_created")
    given = next(event for event in events if "assignee_id" in event.after)
    assert (given.cause_id, given.actor_kind) == (created.id, "system")
