"""Every page needs somebody who has signed in, unless it says that it does not."""

from __future__ import annotations

import re

import pytest
from werkzeug.routing import AnyConverter, Rule

from appliance.services import agents
from appliance.values import SYSTEM
from appliance.web import security
from tests.integration.conftest import Site

PUBLIC = {
    "static",
    "auth.enter",
    "auth.leave",
    "auth.login",
    "health.healthz",
    "languages.choose",
    "pushes.receive",
    "setup.claim",
    "setup.company",
    "setup.make_owner",
    "setup.owner",
    "setup.save_company",
    "setup.start",
    "setup.try_code",
}
SAMPLES = {"integer": "1", "default": "x", "path": "x", "string": "x"}


def address_of(rule: Rule) -> str:
    address = rule.rule
    for name, converter in rule._converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        # One of several words: /<any(retry, leave):decision>
        sample = min(converter.items) if isinstance(converter, AnyConverter) else SAMPLES.get(kind, "1")
        address = re.sub(rf"<[^<>]*\b{name}>", sample, address)
    return address


def test_the_public_pages_are_these_and_no_others(site: Site) -> None:
    views = site.app.view_functions.items()
    assert {name for name, view in views if getattr(view, security._PUBLIC, False)} == PUBLIC


def test_a_stranger_gets_no_other_page(site: Site) -> None:
    stranger = site.visitor()
    asked = 0
    for rule in site.app.url_map.iter_rules():
        if rule.endpoint in PUBLIC:
            continue
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            answer = stranger.client.open(address_of(rule), method=method, buffered=True)
            assert answer.status_code in (302, 401), f"{method} {rule} answers {answer.status}"
            assert "/login" in answer.headers.get("Location", answer.headers.get("X-Sign-In", ""))
            asked += 1
    assert asked > 60


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


@pytest.mark.parametrize(
    ("address", "manager", "agent"),
    [
        ("/settings/company", 403, 403),
        ("/settings/connections/", 200, 403),
        ("/settings/connections/new", 403, 403),
        ("/settings/staff/", 403, 403),
        ("/settings/plugins/", 403, 403),
        ("/status/", 200, 403),
        ("/me/", 200, 200),
        ("/help/getting-started", 200, 200),
    ],
)
def test_each_role_sees_what_it_needs(site: Site, address: str, manager: int, agent: int) -> None:
    assert site.staff("owner").get(address).status_code == 200
    assert site.staff("manager").get(address).status_code == manager
    assert site.staff("agent").get(address).status_code == agent


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
