"""Every endpoint, asked by everybody: nobody, somebody who was let go, agents of two teams, a manager, the owner.

The rules stand in who_may_what_at_the_desk.py and who_may_what_elsewhere.py, a line for each endpoint. Who adds a page
adds its line.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import tests.plain_channel as plain
from appliance import app as factory
from appliance.config import Config
from appliance.plugins import Found, plugins
from appliance.web import security
from tests.harness.templates import keep_compiled
from tests.integration import who_may_what_at_the_desk as desk
from tests.integration import who_may_what_elsewhere as elsewhere
from tests.integration.gate import SCRIPT, Gate
from tests.integration.kept_box import KeptBox
from tests.integration.two_teams import ROLES, furnish
from tests.integration.who_may_what import NOBODY, Rule

# Pages are made by the hundred, and a slow machine may take its time.
pytestmark = pytest.mark.timeout(600)
RULES: Mapping[str, Rule] = {**desk.RULES, **elsewhere.RULES}


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory, first_data: Path) -> Iterator[Gate]:
    config = Config(data=Path(shutil.copytree(first_data, tmp_path_factory.mktemp("who") / "data")))
    app = keep_compiled(factory.create_app(config, strict=True))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    plugins().add(plain, Found("plain", "tests.plain_channel", "1", "test"))
    plain.OUTSIDE.__init__()  # type: ignore[misc]  # a fresh world
    teams = furnish()
    kept = KeptBox(config.database)
    yield Gate(app, teams, kept, RULES)
    kept.close()
    factory.close_app(app)


def told(complaints: list[str]) -> str:
    return "\n".join(complaints)


def test_every_endpoint_has_its_rule(gate: Gate) -> None:
    assert set(gate.routes) - set(RULES) == set(), "endpoints nobody has thought about: give each its line"
    assert set(RULES) - set(gate.routes) == set(), "rules of endpoints that are gone"
    assert len(desk.RULES) + len(elsewhere.RULES) == len(RULES) == len(list(gate.app.url_map.iter_rules()))


def test_the_public_pages_are_these_and_no_others(gate: Gate) -> None:
    marked = {name for name, view in gate.app.view_functions.items() if getattr(view, security._PUBLIC, False)}
    assert marked == {name for name, rule in RULES.items() if rule.least == NOBODY}


@pytest.mark.parametrize("login", ["nobody", "former"])
def test_whoever_is_not_signed_in_is_sent_to_do_so(gate: Gate, login: str) -> None:
    failed = []
    for endpoint, rule in RULES.items():
        if rule.least != NOBODY:
            asked = gate.ask(login, endpoint, gate.teams.things("olga"))
            failed += [] if asked.sent_to_sign_in else [asked.what]
            failed += gate.changes(asked)
    assert told(failed) == ""


@pytest.mark.parametrize("login", ["olga", "mira"])
def test_a_lower_role_is_refused(gate: Gate, login: str) -> None:
    failed = []
    for endpoint, rule in RULES.items():
        if not rule.admits(ROLES[login]):
            asked = gate.ask(login, endpoint, gate.teams.things(login), **SCRIPT)
            failed += [] if asked.code == 403 else [asked.what]
            failed += gate.changes(asked)
    assert told(failed) == ""


@pytest.mark.parametrize("login", ["olga", "mira", "petra"])
def test_whoever_may_is_let_in_and_reading_changes_nothing(gate: Gate, login: str) -> None:
    """And nowhere does Olga read a word of what the closed team works on."""
    failed = []
    for endpoint, rule in RULES.items():
        if rule.admits(ROLES[login]):
            # Whole pages once, for what stands around them; what a script fetches is quicker.
            asked = gate.ask(login, endpoint, gate.teams.things(login), **({} if login == "olga" else SCRIPT))
            failed += [] if asked.let_in else [asked.what]
            failed += [f"{asked.what} and tells a secret"] if login == "olga" and asked.tells_a_secret else []
            failed += [] if gate.is_unsafe(endpoint) else gate.changes(asked)
            gate.kept.put_back()
    assert told(failed) == ""


def test_whoever_is_of_the_closed_team_may_work_on_what_it_has(gate: Gate) -> None:
    failed = []
    things = {**gate.teams.things("anton"), **gate.teams.hidden}
    for endpoint, rule in RULES.items():
        if rule.admits("agent") and set(rule.names) & set(gate.teams.hidden):
            asked = gate.ask("anton", endpoint, things)
            failed += [] if asked.let_in else [asked.what]
            gate.kept.put_back()
    assert told(failed) == ""


@pytest.mark.parametrize("login", ROLES)
def test_what_is_out_of_sight_is_not_found(gate: Gate, login: str) -> None:
    """Each thing that an address names, one after the other: a ticket of a closed team, a colleague's view."""
    failed = []
    own, others = gate.teams.things(login), gate.teams.out_of_sight(login)
    for endpoint, rule in RULES.items():
        for name in {*rule.names} & {*others} if rule.admits(ROLES[login]) else ():
            asked = gate.ask(login, endpoint, {**own, name: others[name]}, **SCRIPT)
            failed += [] if asked.finds_nothing else [asked.what]
            failed += [f"{asked.what} and tells a secret"] if asked.tells_a_secret else []
            failed += gate.changes(asked)
    assert told(failed) == ""


def test_a_form_reaches_nothing_that_is_out_of_sight(gate: Gate) -> None:
    """A message of a hidden ticket to be moved, a hidden customer to be merged, a colleague's ticket in a bulk job."""
    failed = []
    own, others = gate.teams.things("olga"), gate.teams.out_of_sight("olga")
    for endpoint, rule in RULES.items():
        for name in rule.mentions & {*others} if rule.admits("agent") else ():
            asked = gate.ask("olga", endpoint, {**own, name: others[name]}, **SCRIPT)
            failed += [f"{asked.what} and tells a secret"] if asked.tells_a_secret else []
            failed += gate.changes(asked)
    assert told(failed) == ""


def test_without_a_pages_token_nothing_is_done(gate: Gate) -> None:
    failed = []
    for endpoint in filter(gate.is_unsafe, RULES):
        # A messenger has no page of ours; it proves itself to its channel.
        if endpoint != "pushes.receive":
            asked = gate.ask("petra", endpoint, gate.teams.things("petra"), **{**SCRIPT, "X-CSRFToken": ""})
            failed += [] if asked.code == 400 and "out of date" in asked.text else [asked.what]
            failed += gate.changes(asked)
    assert told(failed) == ""


def test_from_another_sites_page_nothing_is_done(gate: Gate) -> None:
    failed = []
    for endpoint in filter(gate.is_unsafe, RULES):
        asked = gate.ask("petra", endpoint, gate.teams.things("petra"), **{**SCRIPT, "Origin": "http://evil.example"})
        failed += [] if asked.code == 403 else [asked.what]
        failed += gate.changes(asked)
    assert told(failed) == ""
