"""Groups at the desk: asked about above the list, listed with their connection."""

from __future__ import annotations

import pytest

from appliance.services import groups
from tests.integration.desk.conftest import Browser, House

GROUP = {"chat": -5, "chat_kind": "group", "title": "Night <shift>", "person": 7, "name": "Igor"}


@pytest.fixture
def waiting(house: House, owner: Browser) -> groups.GroupView:
    house.write({**GROUP, "state": "joined"}, {**GROUP, "id": 1, "text": "the till is dead"})
    (found,) = groups.waiting(owner.actor)
    return found


def test_the_owner_is_asked_above_the_list(owner: Browser, waiting: groups.GroupView) -> None:
    page = owner.get("/inbox").get_data(as_text=True)
    assert "The bot was added to the group “Night &lt;shift&gt;” by Igor; 1 message waits." in page
    assert "the till is dead" not in page


def test_agents_are_not_asked(house: House, waiting: groups.GroupView) -> None:
    agent = house.hire("igor")
    assert "groups-strip" not in agent.get("/inbox").get_data(as_text=True)
    assert agent.get("/settings/groups/strip").status_code == 403
    assert agent.post(f"/settings/groups/{waiting.address_id}/allow").status_code == 403


def test_a_yes_empties_the_strip_and_brings_the_ticket(house: House, owner: Browser, waiting: groups.GroupView) -> None:
    strip = owner.post(f"/settings/groups/{waiting.address_id}/allow")
    assert "Night" not in strip.get_data(as_text=True)
    house.write()
    assert "the till is dead" in owner.get("/inbox").get_data(as_text=True)
    page = owner.get("/t/1001").get_data(as_text=True)
    assert '<p class="bubble-author" aria-hidden="true">Igor</p>' in page


def test_a_no_stands_on_the_connections_page(house: House, owner: Browser, waiting: groups.GroupView) -> None:
    owner.post(f"/settings/groups/{waiting.address_id}/refuse")
    page = owner.get(f"/settings/connections/{waiting.connection_id}").get_data(as_text=True)
    assert "refused" in page
    assert f"/settings/groups/{waiting.address_id}/allow" in page
    assert owner.post("/settings/groups/99/allow").status_code == 404


def test_leaving_shows_in_words_for_groups(house: House, owner: Browser, waiting: groups.GroupView) -> None:
    groups.allow(waiting.address_id, owner.actor)
    house.write({**GROUP, "state": "left"})
    page = owner.get("/t/1001").get_data(as_text=True)
    assert "The bot is no longer in this group" in page
    assert "The bot is no longer in the group “Night &lt;shift&gt;”" in page
    assert "has blocked us" not in page
    house.write({**GROUP, "state": "joined", "again": 1})
    assert "no longer in this group" not in owner.get("/t/1001").get_data(as_text=True)
