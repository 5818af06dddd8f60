"""The registry of settings, and what is stored in it."""

from __future__ import annotations

from types import ModuleType

import pytest
from sqlalchemy import select

from appliance import SettingField, db, hookimpl
from appliance.models import Event, Setting
from appliance.plugins import Found, plugins
from appliance.services import core_settings, plugin_failures, settings
from appliance.services.settings import SettingError
from appliance.values import SYSTEM
from tests.unit.services.conftest import Desk


@pytest.fixture
def boxed(desk: Desk) -> Desk:
    """A plugin of the test's own with two settings, one of them under somebody else's name."""

    @hookimpl
    def register_settings() -> list[SettingField]:
        return [
            SettingField("boxed.loud", "Loud", "switch"),
            SettingField("boxed.level", "Level", "number", "3"),
            SettingField("company", "Mine now"),
        ]

    module = ModuleType("boxed")
    module.__file__ = None
    module.register_settings = register_settings  # type: ignore[attr-defined]
    plugins().strict = False
    plugins().add(module, Found("boxed", "boxed", "1", "test"))
    return desk


def code_of(name: str, value: str) -> str:
    with pytest.raises(SettingError) as error:
        settings.set(name, value, SYSTEM)
    return error.value.code


def test_a_setting_nobody_chose_has_its_default(desk: Desk) -> None:
    assert settings.get("undo_seconds") == "5"
    assert not settings.is_set("undo_seconds")


def test_what_was_chosen_is_kept(desk: Desk) -> None:
    settings.set("company", "  Ромашка ", SYSTEM)
    assert settings.get("company") == "Ромашка"
    assert settings.all_values()["company"] == "Ромашка"
    assert settings.is_set("company")


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("nonsense", "1", "unknown"),
        ("language", "de", "not_a_choice"),
        ("undo_seconds", "7", "not_a_choice"),
        ("time_zone", "Mars/Olympus", "refused"),
        ("journal_days", "many", "not_a_number"),
        ("journal_days", "0", "refused"),
        ("base_url", "javascript:alert(1)", "refused"),
        ("base_url", "http://desk.lan/path", "refused"),
    ],
)
def test_it_refuses_what_cannot_be(desk: Desk, name: str, value: str, code: str) -> None:
    assert code_of(name, value) == code
    with db.session() as session:
        assert session.get(Setting, name) is None


@pytest.mark.parametrize("value", ["", "http://desk.lan", "https://desk.example:8443", "http://[fe80::1]:8080/"])
def test_it_takes_an_address_or_none(desk: Desk, value: str) -> None:
    settings.set("base_url", value, SYSTEM)


def test_a_change_is_an_event_and_no_change_is_none(desk: Desk) -> None:
    for _ in range(2):
        settings.set("company", "Daisy", desk.agent)
    with db.session() as session:
        events = list(session.scalars(select(Event).where(Event.kind == "setting_changed")))
    assert [(event.before, event.after, event.actor_id) for event in events] == [
        ({"company": ""}, {"company": "Daisy"}, desk.agent.id)
    ]


def test_a_plugins_settings_stand_beside_the_cores(boxed: Desk) -> None:
    settings.set("boxed.loud", "yes", SYSTEM)
    assert settings.get("boxed.loud") == "1"
    assert settings.get_number("boxed.level") == 3


def test_a_plugin_cannot_take_another_settings_name(boxed: Desk) -> None:
    assert settings.fields()["company"].label == "Company name"
    (failure,) = plugin_failures.lately()
    assert (failure.plugin, failure.place) == ("boxed", "register_settings")
    assert failure.reason.endswith("does not start with 'boxed.'")


def test_the_machines_own_time_zone_is_one() -> None:
    assert core_settings.check_time_zone(core_settings.machine_time_zone()) is None
