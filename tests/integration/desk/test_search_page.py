"""The search page, its live results, the palette, and the keys every page tells of."""

from __future__ import annotations

import html
import json
import re

import pytest
from sqlalchemy import update

from appliance import db
from appliance.models import Team, Ticket
from appliance.services import preferences, search_index, tickets
from appliance.web import keyboard_table
from tests.integration.desk.conftest import Browser, House


def catch_up() -> None:
    while search_index.follow() or search_index.fill():
        pass


@pytest.fixture
def talk(house: House, owner: Browser) -> int:
    """Somebody has written; the message's id."""
    house.write({"chat": 1, "id": 1, "text": "Хочу ещё одну <b>заявку</b>", "name": "Анна"})
    catch_up()
    return house.last_message().id


def test_what_is_found_is_marked_and_leads_to_the_message(owner: Browser, talk: int) -> None:
    page = owner.get("/search?q=еще+заявками").get_data(as_text=True)
    assert f'href="/t/1001#m{talk}"' in page
    assert "<mark>ещё</mark>" in page
    assert "&lt;" in page
    assert "<b>заявку" not in page
    assert re.search(r'role="status">\d found.</p>', page)


def test_typing_gets_the_results_alone(owner: Browser, talk: int) -> None:
    answer = owner.fragment("/search?q=заявка")
    assert "<html" not in answer.get_data(as_text=True)
    assert "HX-Request" in answer.headers["Vary"]


@pytest.mark.parametrize("number", ["1001", "%E2%84%961001", "%231001"])
def test_enter_on_a_number_opens_the_ticket(owner: Browser, talk: int, number: str) -> None:
    answer = owner.get(f"/search?q={number}&go=1")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/t/1001"
    assert "/t/1001" in owner.get(f"/search?q={number}").get_data(as_text=True)


def test_nothing_found_offers_the_other_layout_and_no_filters(owner: Browser, talk: int) -> None:
    page = owner.get("/search?q=pfzdrf&state=done").get_data(as_text=True)
    assert "pfzdrf" in page
    assert "заявка" in page
    assert "Search without filters" in page
    assert "hello" in owner.get("/search?q=руддщ").get_data(as_text=True)


def test_filters_narrow(owner: Browser, talk: int) -> None:
    tickets.finish(1001, "solved", owner.actor)
    assert f"#m{talk}" in owner.get("/search?q=заявка&state=done&kind=message").get_data(as_text=True)
    assert f"#m{talk}" not in owner.get("/search?q=заявка&state=open").get_data(as_text=True)


def test_an_agent_finds_nothing_of_a_team_that_is_not_theirs(house: House, owner: Browser, talk: int) -> None:
    with db.write() as session:
        session.add(Team(id=5, name="Closed"))
        session.flush()
        session.execute(update(Ticket).values(team_id=5))
    agent = house.hire("ivan")
    for address in ("/search?q=заявка", "/search?q=1001&go=1", "/palette?q=заявка", "/palette?recent=1001"):
        answer = agent.fragment(address)
        assert answer.status_code == 200
        assert "/t/1001" not in answer.get_data(as_text=True), address


def test_a_page_more_goes_on_where_the_first_ended(house: House, owner: Browser) -> None:
    house.write(*({"chat": 1, "id": number, "text": f"привет {number}"} for number in range(1, 40)))
    catch_up()
    page = owner.get("/search?q=привет&kind=message").get_data(as_text=True)
    more = html.unescape(re.search(r'hx-get="(/search/more[^"]+)"', page)[1])  # type: ignore[index]
    rest = owner.fragment(more).get_data(as_text=True)
    first, second = (set(re.findall(r"#m(\d+)", text)) for text in (page, rest))
    assert len(first) == 30
    assert len(second) == 9
    assert not first & second


def test_the_palette_finds_and_recalls(owner: Browser, talk: int) -> None:
    found = owner.fragment("/palette?q=заявка").get_data(as_text=True)
    assert 'role="option"' in found
    assert "Search everywhere" in found
    recalled = owner.fragment("/palette?recent=1001&recent=9999&recent=x").get_data(as_text=True)
    assert recalled.count('role="option"') == 1
    assert "Opened last" in recalled


def test_the_palette_changes_the_colours(owner: Browser) -> None:
    assert owner.post("/palette/theme", theme="dark").status_code == 204
    assert 'data-theme="dark"' in owner.get("/search").get_data(as_text=True)
    assert owner.post("/palette/theme", theme="pink").status_code == 400


def test_every_page_brings_the_table_of_keys(owner: Browser) -> None:
    page = owner.get("/search").get_data(as_text=True)
    table = json.loads(html.unescape(re.search(r'data-table="([^"]+)"', page)[1]))  # type: ignore[index]
    names = {each["name"] for each in table}
    assert {"done", "palette", "go-inbox", "reply"} <= names
    for name in names - {"palette", "open", "leave"}:
        assert f'data-command="{name}"' in page
    assert " data-letters" in page
    preferences.choose(owner.actor, shortcuts=False)
    assert " data-letters" not in owner.get("/search").get_data(as_text=True)


def test_no_key_means_two_things(house: House) -> None:
    with house.app.test_request_context():
        shortcuts = [each for section in keyboard_table.sections() for each in section.shortcuts]
    outside = [keys for each in shortcuts for keys in each.keys if each.name != "leave"]
    assert len(outside) == len(set(outside))
    assert len({each.name for each in shortcuts}) == len(shortcuts)
    for each in shortcuts:
        assert each.press or each.act, each.name
