"""A plugin that fails is named, and the rest goes on."""

from __future__ import annotations

from types import ModuleType

from appliance import app, hookimpl
from appliance.plugins import Found, Plugins
from appliance.services import plugin_failures
from appliance.values import IncomingMessage, Verdict
from tests.unit.services.conftest import Desk


def plugin(name: str) -> ModuleType:
    return ModuleType(name)


def failing() -> ModuleType:
    made = plugin("failing")

    @hookimpl
    def screen_message(connection_id: int, message: IncomingMessage) -> Verdict | None:
        raise LookupError("no list")

    made.screen_message = screen_message  # type: ignore[attr-defined]
    return made


def asked(loaded: Plugins) -> object:
    return loaded.ask_first("screen_message", connection_id=1, message=None)


def test_a_failure_is_counted_and_the_next_plugin_answers(desk: Desk) -> None:
    loaded = Plugins(report=plugin_failures.note)
    loaded.load(app.DEFAULTS)
    loaded.add(failing(), Found("failing", "failing", "1", "test"))
    assert asked(loaded) == Verdict("accept")
    assert asked(loaded) == Verdict("accept")
    (failure,) = plugin_failures.lately()
    assert (failure.plugin, failure.place, failure.count) == ("failing", "screen_message", 2)
    assert "no list" in failure.reason
    loaded.close()


def test_a_plugin_that_leaves_the_process_is_held_back(desk: Desk) -> None:
    made = plugin("leaving")

    @hookimpl
    def screen_message(connection_id: int, message: IncomingMessage) -> Verdict | None:
        raise SystemExit(3)

    made.screen_message = screen_message  # type: ignore[attr-defined]
    loaded = Plugins(report=plugin_failures.note)
    loaded.load(app.DEFAULTS)
    loaded.add(made, Found("leaving", "leaving", "1", "test"))
    assert asked(loaded) == Verdict("accept")
    loaded.close()
