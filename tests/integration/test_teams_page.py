"""Teams: made, changed and taken away; and whose tickets are seen by whom."""

from __future__ import annotations

from sqlalchemy import select

from appliance import db
from appliance.models import Contact, Ticket
from appliance.services import agents, teams
from appliance.services.visibility import visible_to
from appliance.values import SYSTEM, Actor
from tests.integration.conftest import Site


def test_a_team_is_made_and_changed(site: Site) -> None:
    site.staff("agent")
    known = agents.find("agent")
    assert known is not None
    owner = site.staff()
    owner.post("/settings/teams/", page="/settings/teams/", name="Workshop")
    (team,) = teams.everyone()
    assert (team.closed, team.members) == (True, ())
    owner.post(f"/settings/teams/{team.id}", name="Repairs", member=str(known.id), sharing="round_robin")
    (team,) = teams.everyone()
    assert (team.name, team.closed, team.members, team.sharing) == ("Repairs", False, (known.id,), "round_robin")


def test_a_name_is_taken_only_once(site: Site) -> None:
    teams.add("Workshop", SYSTEM)
    answer = site.staff().post("/settings/teams/", page="/settings/teams/", name=" workshop ")
    assert answer.status_code == 422
    assert "There is a team of this name already." in answer.text


def test_only_an_owner_may(site: Site) -> None:
    assert site.staff("manager").post("/settings/teams/", name="Workshop").status_code == 403
    assert teams.everyone() == []


def test_members_alone_see_the_tickets_of_a_closed_team(site: Site) -> None:
    for login in ("inside", "outside"):
        site.staff("agent", login)
    inside, outside = agents.find("inside"), agents.find("outside")
    assert inside is not None
    assert outside is not None
    team = teams.add("Workshop", SYSTEM)
    teams.set_members(team, [inside.id], SYSTEM)
    with db.write() as session:
        contact = Contact(name="Clara")
        session.add(contact)
        session.flush()
        session.add(Ticket(contact_id=contact.id, team_id=team))
    assert [count_seen(agent.actor) for agent in (inside, outside)] == [1, 0]
    teams.change(team, SYSTEM, closed=False)
    assert count_seen(outside.actor) == 1
    teams.change(team, SYSTEM, closed=True)
    teams.remove(team, SYSTEM)
    assert count_seen(outside.actor) == 1


def count_seen(by: Actor) -> int:
    with db.session() as session:
        return len(session.scalars(select(Ticket.id).where(visible_to(by))).all())
