"""The journal: who did what."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import update

from appliance import db, feed
from appliance.models import Event
from appliance.services import agents, audit, settings, teams
from appliance.values import SYSTEM, Actor
from tests.integration.conftest import Site


def boss() -> Actor:
    found = agents.find("boss")
    assert found is not None
    return found.actor


def test_it_names_who_did_what(site: Site) -> None:
    settings.set("company", "Daisy", boss())
    team = teams.add("Workshop", boss())
    teams.remove(team, boss())
    page = site.staff().get("/settings/journal/").text
    for words in ("The Boss", "Company name: Daisy", "removed the team “Workshop”"):
        assert words in page


def test_it_can_be_narrowed_down(site: Site) -> None:
    settings.set("company", "Daisy", boss())
    teams.add("Workshop", boss())
    assert {line.kind for line in audit.find(boss(), "staff").lines} == {"team_changed"}
    assert audit.find(boss(), agent_id=boss().id).lines
    assert not audit.find(boss(), agent_id=99).lines
    assert "Company name: Daisy" not in site.staff().get("/settings/journal/?about=staff").text


def test_it_goes_on_page_by_page(site: Site) -> None:
    for number in range(audit.PAGE + 5):
        settings.set("company", f"Daisy {number}", boss())
    first = audit.find(boss())
    assert (len(first.lines), first.more) == (audit.PAGE, first.lines[-1].id)
    rest = audit.find(boss(), before=first.more)
    assert (len(rest.lines), rest.more) == (5, None)


def test_what_the_box_did_itself_and_secrets_are_not_in_it(site: Site) -> None:
    agents.add("anna", "Anna", "agent", "correct horse", SYSTEM)
    agents.set_password(boss().id or 0, "another password", boss())
    page = site.staff().get("/settings/journal/").text
    assert "Anna works here" not in page
    assert "chose a new password" in page
    assert "another password" not in page


def test_only_an_owner_reads_it(site: Site) -> None:
    assert site.staff("manager").get("/settings/journal/").status_code == 403
    assert audit.find(Actor("agent", 1, "manager")).lines == ()


def test_a_line_about_a_message_leads_to_it_and_times_are_short(site: Site) -> None:
    settings.set("time_zone", "Asia/Yekaterinburg", boss())
    with db.write() as session:
        feed.append(session, "message_sent", by=boss(), ticket=1042, message=553, after={"kind": "note"})
        session.execute(update(Event).values(at=datetime(2026, 11, 23, 0, 50, tzinfo=UTC)))
    page = site.staff().get("/settings/journal/").text
    assert '<a href="/t/1042#m553">wrote a note</a>' in page
    assert ">23/11/2026 05:50</time>" in page
