"""What whoever may not is told, and when. Who may what, page by page: test_who_may_what.py."""

from __future__ import annotations

from appliance.services import agents
from appliance.values import SYSTEM
from tests.integration.conftest import Site


def test_a_plugins_pages_are_behind_the_same_lock(site: Site) -> None:
    assert site.visitor().get("/maps/static/place.css").status_code == 302
    assert site.staff().get("/maps/static/place.css").status_code == 200


def test_a_script_is_told_and_not_sent_on(site: Site) -> None:
    answer = site.visitor().get("/inbox", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.data) == (401, b"")
    assert answer.headers["X-Sign-In"] == "/login"


def test_who_signs_in_lands_where_they_wanted(site: Site) -> None:
    assert site.visitor().get("/t/1042?tab=mine").location == "/login?next=/t/1042?tab%3Dmine"


def test_an_address_that_does_not_exist_is_not_found_by_anybody(site: Site) -> None:
    assert site.visitor().get("/nonsense").status_code == 404
    assert site.staff().get("/nonsense").status_code == 404


def test_a_role_that_was_taken_away_counts_at_once(site: Site) -> None:
    visitor = site.staff("manager")
    assert visitor.get("/status/").status_code == 200
    known = agents.find("manager")
    assert known is not None
    agents.change(known.id, SYSTEM, role="agent")
    assert visitor.get("/status/").status_code == 403


def test_until_it_is_claimed_everything_leads_to_the_setup(fresh: Site) -> None:
    visitor = fresh.visitor()
    for address in ("/", "/inbox", "/login", "/settings/", "/status/", "/help/", "/me/"):
        assert visitor.get(address).location == "/setup/", address
    assert visitor.get("/healthz").text == "ok\n"
    assert visitor.get("/static/css/tokens.css").status_code == 200
