"""What somebody chooses for themselves in the profile."""

from __future__ import annotations

import pytest

from appliance.services import agents, preferences, quiet_hours
from appliance.services.preferences import Preferences
from tests.integration.conftest import Site, Visitor


def chosen(login: str = "agent") -> Preferences:
    known = agents.find(login)
    assert known is not None
    return preferences.of(known.actor)


@pytest.fixture
def agent(site: Site) -> Visitor:
    return site.staff("agent")


def test_writing(agent: Visitor) -> None:
    agent.post("/me/preferences/writing", send_key="ctrl_enter", after_sending="next")
    found = chosen()
    assert (found.send_key, found.after_sending, found.shortcuts) == ("ctrl_enter", "next", False)
    assert 'value="ctrl_enter" checked' in agent.get("/me/").text


def test_news(agent: Visitor) -> None:
    agent.post("/me/preferences/notices", loud="mention", volume="30", quiet_from="22:00", quiet_to="7:30", sound="1")
    found = chosen()
    assert (found.sound, found.volume, found.system_notices) == (True, 30, False)
    assert "mention" not in found.silent
    assert "customer" in found.silent
    assert (found.quiet_from, found.quiet_to) == (1320, 450)
    assert 'value="07:30"' in agent.get("/me/").text


@pytest.mark.parametrize("wrong", [{"quiet_from": "late"}, {"volume": "400"}, {"quiet_from": "24:00"}])
def test_what_cannot_be_is_said_and_changes_nothing(agent: Visitor, wrong: dict[str, str]) -> None:
    agent.post("/me/preferences/notices", **wrong)
    assert chosen() == Preferences()
    assert 'class="notice notice-danger' in agent.get("/me/").text


def test_quiet_hours_go_over_midnight() -> None:
    night = Preferences(quiet_from=22 * 60, quiet_to=7 * 60)
    assert [quiet_hours.is_quiet(night, hour * 60) for hour in (21, 22, 0, 6, 7, 12)] == [
        False,
        True,
        True,
        True,
        False,
        False,
    ]
    noon = Preferences(quiet_from=12 * 60, quiet_to=13 * 60)
    assert [quiet_hours.is_quiet(noon, minute) for minute in (719, 720, 779, 780)] == [False, True, True, False]
    assert not quiet_hours.is_quiet(Preferences(quiet_from=60), 60)
