"""The card of a ticket over HTTP: what stands on it is changed there."""

from __future__ import annotations

import html
import json

import pytest

from appliance import db
from appliance.models import Team, Ticket
from appliance.services import fields, settings, teams, ticket_templates
from appliance.services.ticket_templates import TicketTemplateForm
from appliance.values import SYSTEM
from tests.integration.desk.conftest import Browser, House


@pytest.fixture(autouse=True)
def a_ticket(house: House) -> None:
    order = fields.define("ticket", "Order", "text", [], SYSTEM, [1])
    fields.define("ticket", "Amount", "money", [], SYSTEM, [1])
    form = TicketTemplateForm("Default", stages=("new", "ready"), fields=frozenset({order, 2}))
    ticket_templates.change(1, form, SYSTEM)
    house.write({"chat": 1, "id": 1, "text": "help"})


def ticket() -> Ticket:
    with db.session() as session:
        return session.get_one(Ticket, 1001)


def card(browser: Browser) -> str:
    return html.unescape(browser.fragment("/t/1001/card").text)


def undo(browser: Browser, address: str, **posted: str) -> None:
    """Post, and press the undo of its toast."""
    answer = browser.post(address, **posted)
    assert answer.status_code == 200, answer.text
    toast = json.loads(answer.headers["HX-Trigger"])["desk:toast"]
    assert toast["text"]
    assert browser.post(toast["undo"]).status_code == 200


def test_the_card_offers_what_the_template_has(owner: Browser) -> None:
    shown = card(owner)
    for label in ("Order", "Amount", "Stage", "Priority", "Tags", "Due", "Followers"):
        assert f">{label}<" in shown
    assert '<option value="new" selected>' in shown
    assert ">Team<" not in shown


def test_priorities_are_hidden_from_who_does_without(owner: Browser) -> None:
    settings.set("priorities", "", SYSTEM)
    assert 'id="fact-priority"' not in card(owner)


def test_money_is_shown_as_the_reader_writes_it(owner: Browser) -> None:
    owner.post("/t/1001/fields/2", value="4390")
    assert 'value="4,390\u00a0₽"' in card(owner)
    owner.post("/t/1001/fields/2", value="4,390\u00a0₽")
    answer = owner.post("/t/1001/fields/2", value="a lot")
    assert (answer.status_code, answer.text) == (409, "Amount: please enter a number.")
    assert 'value="4,390\u00a0₽"' in card(owner)


@pytest.mark.parametrize(
    ("address", "posted", "shown"),
    [
        ("tags", {"tags": "<b>vip</b>, refund"}, "Take off the tag “<b>vip</b>”"),
        ("priority", {"priority": "4"}, '<option value="4" selected>'),
        ("due", {"due": "tomorrow"}, "Not at a certain time"),
        ("due", {"due": "2026-07-01T18:00"}, 'value="2026-07-01T18:00"'),
        ("stage", {"stage": "ready"}, '<option value="ready" selected>'),
        ("fields/1", {"value": "5518"}, 'value="5518"'),
        ("follow", {}, "Unfollow"),
    ],
)
def test_a_change_is_on_the_card_and_told_once(
    owner: Browser, address: str, posted: dict[str, str], shown: str
) -> None:
    assert shown not in card(owner)
    owner.post(f"/t/1001/{address}", **posted)
    assert shown in card(owner)
    again = owner.post(f"/t/1001/{address}", **posted)
    assert "desk:toast" not in json.loads(again.headers["HX-Trigger"])


def test_the_toast_takes_it_back(owner: Browser) -> None:
    undo(owner, "/t/1001/tags", tags="vip")
    undo(owner, "/t/1001/priority", priority="3")
    undo(owner, "/t/1001/due", due="week")
    undo(owner, "/t/1001/fields/1", value="5518")
    shown = card(owner)
    assert "Take off" not in shown
    assert 'value="5518"' not in shown
    assert (ticket().priority, ticket().due_at) == (0, None)


@pytest.mark.parametrize(
    ("address", "posted"),
    [
        ("due", {"due": "never"}),
        ("priority", {"priority": "9"}),
        ("stage", {"stage": "gone"}),
        ("team", {"team": "77"}),
        ("fields/77", {"value": "x"}),
        ("facts/77/undo", {}),
    ],
)
def test_what_cannot_be_is_refused_in_words(owner: Browser, address: str, posted: dict[str, str]) -> None:
    answer = owner.post(f"/t/1001/{address}", **posted)
    assert answer.status_code in (404, 409)
    assert answer.mimetype == "text/plain"
    assert "did not work" not in answer.text


def test_the_timeline_tells_of_it_in_words(owner: Browser) -> None:
    with db.write() as session:
        session.add(Team(id=5, name="Repair"))
    owner.post("/t/1001/team", team="5")
    owner.post("/t/1001/tags", tags="vip")
    owner.post("/t/1001/tags/off", name="vip")
    owner.post("/t/1001/priority", priority="4")
    owner.post("/t/1001/stage", stage="ready")
    owner.post("/t/1001/fields/2", value="10")
    owner.post("/t/1001/fields/2", value="12.5")
    owner.post("/t/1001/follow")
    page = html.unescape(owner.get("/t/1001").text)
    for words in (
        "given to the team Repair",
        "put on vip",
        "took off vip",
        "priority: urgent (was: none)",
        "stage: ready",
        "Amount: 12.50\u00a0₽ (was: 10\u00a0₽)",
        "follows this ticket",
    ):
        assert words in page


def test_the_followers_menu_knows_who_follows(house: House, owner: Browser) -> None:
    olga = house.hire("olga")
    owner.post("/t/1001/follow", agent=str(olga.agent_id))
    menu = owner.fragment("/t/1001/followers").text
    assert menu.count('aria-pressed="true"') == 1
    assert "Olga" in card(owner)
    assert owner.fragment("/t/99/followers").status_code == 404


def test_required_fields_are_named_when_it_cannot_be_done(owner: Browser) -> None:
    form = TicketTemplateForm("Default", required=frozenset({1, 2}))
    ticket_templates.change(1, form, SYSTEM)
    answer = owner.post("/t/1001/finish", outcome="solved")
    assert (answer.status_code, answer.text) == (409, "Fill in these fields first: Order, Amount.")
    assert card(owner).count("data-missing") == 2
    owner.post("/t/1001/fields/1", value="5518")
    owner.post("/t/1001/fields/2", value="0")
    assert owner.post("/t/1001/finish", outcome="solved").status_code == 200


def test_the_timeline_says_whom_the_template_gave_it_to(house: House, owner: Browser) -> None:
    team = teams.add("Workshop", owner.actor)
    ticket_templates.change(1, TicketTemplateForm("Repairs", team_id=team, assignee_id=owner.agent_id), SYSTEM)
    house.write({"chat": 2, "id": 2, "text": "it is broken"})
    page = html.unescape(owner.get("/t/1002").text)
    assert "assigned to Petra by the template “Repairs”" in page
    assert "given to the team Workshop by the template “Repairs”" in page
