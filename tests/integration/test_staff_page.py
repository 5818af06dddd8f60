"""Who works here: invitations, new passwords, roles, and somebody who leaves."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from sqlalchemy import update

from appliance import db
from appliance.models import Contact, StaffCode, Ticket, now
from appliance.services import agents, sign_in, staff_codes, teams
from appliance.values import SYSTEM
from tests.integration.conftest import PASSWORD, Site, Visitor


def invite(site: Site, role: str = "agent", **fields: str) -> str:
    """The path of a new invitation's link."""
    page = (
        site.staff().post("/settings/staff/invitations", page="/settings/staff/", name="Anna", role=role, **fields).text
    )
    return path_told(page)


def path_told(page: str) -> str:
    told = re.search(r'id="told-link">([^<]+)<', page)
    assert told is not None
    return urlsplit(told[1]).path


def accept(visitor: Visitor, path: str, **fields: str) -> int:
    return visitor.post(path, page=path, **fields).status_code


def test_an_invitation_makes_an_account_and_signs_in(site: Site) -> None:
    path = invite(site, "manager")
    anna = site.visitor()
    assert "Welcome, Anna" in anna.get(path).text
    assert accept(anna, path, login="Anna", name="Anna Petrova", password=PASSWORD) == 303
    made = agents.find("anna")
    assert made is not None
    assert (made.name, made.role) == ("Anna Petrova", "manager")
    assert anna.get("/inbox").status_code == 200


def test_a_link_is_good_once_and_shown_once(site: Site) -> None:
    path = invite(site)
    assert path not in site.staff().get("/settings/staff/").text
    accept(site.visitor(), path, login="anna", name="Anna", password=PASSWORD)
    late = site.visitor().get(path)
    assert late.status_code == 410
    assert "This link opens nothing any more" in late.text


@pytest.mark.parametrize("fields", [{"login": "boss"}, {"login": "anna", "password": "short"}, {"login": "!"}])
def test_a_mistake_leaves_the_link_good(site: Site, fields: dict[str, str]) -> None:
    path = invite(site)
    visitor = site.visitor()
    assert accept(visitor, path, **{"name": "Anna", "password": PASSWORD, **fields}) == 422
    assert accept(visitor, path, login="anna", name="Anna", password=PASSWORD) == 303


def test_an_old_or_withdrawn_link_opens_nothing(site: Site) -> None:
    old, withdrawn = invite(site), invite(site)
    owner = site.staff()
    newest = staff_codes.waiting()[0]
    owner.post(f"/settings/staff/invitations/{newest.id}/withdraw", page="/settings/staff/")
    with db.write() as session:
        session.execute(update(StaffCode).values(expires_at=now()))
    assert [site.visitor().get(path).status_code for path in (old, withdrawn, "/welcome/x")] == [410, 410, 410]


def test_who_is_invited_into_a_team_is_in_it(site: Site) -> None:
    team = teams.add("Workshop", SYSTEM)
    accept(site.visitor(), invite(site, team=str(team)), login="anna", name="Anna", password=PASSWORD)
    made = agents.find("anna")
    assert made is not None
    assert teams.everyone()[0].members == (made.id,)


def test_a_new_password_by_link_signs_out_everywhere_else(site: Site) -> None:
    forgetful = site.staff("agent")
    known = agents.find("agent")
    assert known is not None
    page = site.staff().post(f"/settings/staff/{known.id}/reset", page="/settings/staff/").text
    assert forgetful.get("/me/").status_code == 200, "the old one goes on until the link is used"
    visitor = site.visitor()
    assert accept(visitor, path_told(page), password="a new password") == 303
    assert visitor.get("/me/").status_code == 200
    assert forgetful.get("/me/").status_code == 302
    assert sign_in.sign_in("agent", "a new password", "", "")


def test_the_last_owner_cannot_be_taken_away(site: Site) -> None:
    known = agents.find("boss")
    assert known is not None
    owner = site.staff("owner", "boss")
    owner.post(f"/settings/staff/{known.id}", role="agent")
    assert "This is the only owner." in owner.get("/settings/staff/").text
    assert agents.owner_exists()


def test_taking_access_away_signs_out_and_leaves_the_team(site: Site) -> None:
    leaving = site.staff("agent")
    known = agents.find("agent")
    assert known is not None
    team = teams.add("Workshop", SYSTEM)
    teams.set_members(team, [known.id], SYSTEM)
    site.staff().post(f"/settings/staff/{known.id}", active="0")
    assert leaving.get("/me/").status_code == 302
    assert teams.everyone()[0].members == ()
    site.staff().post(f"/settings/staff/{known.id}", active="1")
    assert sign_in.sign_in("agent", PASSWORD, "", "")


def test_an_heir_gets_the_open_tickets_of_who_leaves(site: Site) -> None:
    for login in ("agent", "heir"):
        site.staff("agent", login)
    gone, heir = agents.find("agent"), agents.find("heir")
    assert gone is not None
    assert heir is not None
    ticket_id = make_ticket(gone.id)
    owner = site.staff()
    page = owner.get(f"/settings/staff/{gone.id}/leave").text
    assert "1 ticket of theirs is not done." in page
    owner.post(f"/settings/staff/{gone.id}", active="0", heir=str(heir.id))
    with db.session() as session:
        assert session.get_one(Ticket, ticket_id).assignee_id == heir.id


def test_nobody_inherits_from_themselves(site: Site) -> None:
    site.staff("agent")
    gone = agents.find("agent")
    assert gone is not None
    owner = site.staff()
    owner.post(f"/settings/staff/{gone.id}", active="0", heir=str(gone.id))
    assert "Choose a colleague who works here." in owner.get("/settings/staff/").text


def test_sessions_are_counted_and_ended_by_an_owner(site: Site) -> None:
    agent = site.staff("agent")
    known = agents.find("agent")
    assert known is not None
    owner = site.staff()
    assert "signed in at 1 browser" in owner.get("/settings/staff/").text
    owner.post(f"/settings/staff/{known.id}/sign-out", page="/settings/staff/")
    assert agent.get("/me/").status_code == 302


def make_ticket(assignee_id: int) -> int:
    with db.write() as session:
        contact = Contact(name="Clara")
        session.add(contact)
        session.flush()
        ticket = Ticket(contact_id=contact.id, assignee_id=assignee_id)
        session.add(ticket)
        session.flush()
        return ticket.id
