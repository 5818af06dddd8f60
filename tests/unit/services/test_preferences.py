"""Each agent's own choices."""

from __future__ import annotations

from typing import Any

import pytest

from appliance import SYSTEM, db
from appliance.models import Agent
from appliance.services import preferences
from appliance.services.preferences import PreferenceError, Preferences
from appliance.values import Actor
from tests.unit.services.conftest import Desk


@pytest.fixture
def agent(desk: Desk) -> Actor:
    return desk.agent


def test_nothing_was_chosen_yet(agent: Actor) -> None:
    assert preferences.of(agent) == Preferences()


def test_a_choice_stays_and_leaves_the_others_alone(agent: Actor) -> None:
    preferences.choose(agent, send_key="ctrl_enter", sorts={"waiting": "newest"})
    preferences.choose(agent, silent=["mention"], quiet_from=22 * 60, quiet_to=7 * 60)
    found = preferences.of(agent)
    assert (found.send_key, found.sorts, found.silent) == ("ctrl_enter", {"waiting": "newest"}, ("mention",))
    assert (found.quiet_from, found.quiet_to, found.sound) == (1320, 420, True)


@pytest.mark.parametrize(
    "bad",
    [{"send_key": "space"}, {"volume": 101}, {"volume": True}, {"quiet_from": 1440}, {"silent": ["x"]}, {"nonsense": 1},
     {"sorts": {"a": 1}}, {"sound": "yes"}],
)  # fmt: skip
def test_what_is_no_choice_changes_nothing(agent: Actor, bad: dict[str, Any]) -> None:
    with pytest.raises(PreferenceError):
        preferences.choose(agent, density="dense", **bad)
    assert preferences.of(agent) == Preferences()


def test_what_another_release_left_is_passed_over(agent: Actor) -> None:
    with db.write() as session:
        session.get_one(Agent, agent.id).preferences = {"density": "dense", "gone": 1, "volume": "loud"}
    assert preferences.of(agent) == Preferences(density="dense")


def test_who_is_no_agent_has_the_built_in_ones(desk: Desk) -> None:
    assert preferences.of(SYSTEM) == Preferences()
    with pytest.raises(PreferenceError):
        preferences.choose(SYSTEM, density="dense")
