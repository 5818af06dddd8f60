"""What belongs to the signed-in person."""

from __future__ import annotations

from appliance.services import agents, audit, sign_in
from appliance.values import SYSTEM
from appliance.web import cookies
from tests.integration.conftest import PASSWORD, Site


def test_name_language_and_colours_are_ones_own(site: Site) -> None:
    visitor = site.staff("agent")
    visitor.post("/me/", name="Ольга", language="ru", theme="dark")
    page = visitor.get("/me/").text
    assert '<html lang="ru" data-theme="dark" data-density="roomy">' in page
    assert "Ольга" in page
    assert visitor.cookie(cookies.THEME) == "dark"


def test_how_dense_lists_are_stands_in_the_first_byte_of_every_page(site: Site) -> None:
    visitor = site.staff("agent")
    visitor.post("/me/", name="Olga", language="", theme="auto", density="dense")
    assert 'data-density="dense"' in visitor.get("/inbox").text
    visitor.post("/me/", name="Olga", language="", theme="auto", density="odd")
    page = visitor.get("/me/").text
    assert '<option value="dense" selected>' in page
    # What was not changed is not in the journal.
    assert [list(line.after) for line in audit.find(SYSTEM).lines] == [["agent", "name"]]


def test_the_sign_in_page_keeps_the_colours(site: Site) -> None:
    visitor = site.staff("agent")
    visitor.post("/me/", name="Olga", language="", theme="dark")
    visitor.post("/logout")
    assert 'data-theme="dark"' in visitor.get("/login").text


def test_a_name_that_is_none_is_refused(site: Site) -> None:
    answer = site.staff("agent").post("/me/", name="  ", language="", theme="auto")
    assert answer.status_code == 422
    assert "Please enter a name." in answer.text


def test_the_password_changes_only_for_who_knows_the_old_one(site: Site) -> None:
    visitor = site.staff("agent")
    wrong = visitor.post("/me/password", current="not this one", password="another password")
    assert wrong.status_code == 422
    assert "This is not your present password." in wrong.text
    short = visitor.post("/me/password", current=PASSWORD, password="short")
    assert "too short" in short.text
    assert visitor.post("/me/password", current=PASSWORD, password="another password").status_code == 303
    assert sign_in.sign_in("agent", "another password", "", "")


def test_a_changed_password_signs_out_everywhere_else(site: Site) -> None:
    here, there = site.staff("agent"), site.staff("agent")
    here.post("/me/password", current=PASSWORD, password="another password")
    assert here.get("/me/").status_code == 200
    assert there.get("/me/").status_code == 302


def test_guessing_the_old_password_is_slowed_down(site: Site) -> None:
    visitor = site.staff("agent")
    for _ in range(5):
        visitor.post("/me/password", current="not this one", password="another password")
    answer = visitor.post("/me/password", current=PASSWORD, password="another password")
    assert "Too many tries." in answer.text
    known = agents.find("agent")
    assert known is not None
    assert agents.password_fits(known.id, PASSWORD)


def test_somebody_elses_session_cannot_be_ended(site: Site) -> None:
    owner, agent = site.staff(), site.staff("agent")
    known = agents.find("owner")
    assert known is not None
    (session,) = sign_in.sessions_of(known.id)
    agent.post(f"/me/sessions/{session.id}/end")
    assert owner.get("/me/").status_code == 200
