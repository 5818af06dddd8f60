"""What a plugin may bring to the pages, and what it may not."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest
from flask import Blueprint, Flask

from appliance import hookimpl
from appliance.plugins import Failure, Found, Plugins, bind
from appliance.web.headers import POLICY, content_policy
from appliance.web.plugin_pages import register_plugin_pages


@pytest.fixture
def failures() -> list[Failure]:
    return []


@pytest.fixture
def plugins(failures: list[Failure]) -> Iterator[Plugins]:
    made = Plugins(report=failures.append)
    bind(made)
    yield made
    made.close()


def add(plugins: Plugins, name: str, **hooks: object) -> None:
    module = ModuleType(name)
    module.__file__ = None
    for hook, answer in hooks.items():
        implementation = hookimpl(lambda answer=answer: answer)
        setattr(module, hook, implementation)
    plugins.add(module, Found(name, name, "1", "test"))


def test_allowed_places_to_fetch_from_join_the_policy(plugins: Plugins) -> None:
    add(plugins, "tiles", content_sources=[("img-src", "https://*.tiles.example:8443")])
    assert "img-src 'self' data: https://*.tiles.example:8443;" in content_policy()


@pytest.mark.parametrize(
    "source",
    [
        ("script-src", "https://evil.example"),
        ("style-src", "https://evil.example"),
        ("default-src", "https://evil.example"),
        ("img-src", "*"),
        ("img-src", "https:"),
        ("img-src", "data:"),
        ("connect-src", "https://evil.example; script-src *"),
        ("img-src", "https://tiles.example/path"),
    ],
)
def test_anything_else_is_refused_and_named(plugins: Plugins, failures: list[Failure], source: tuple[str, str]) -> None:
    add(plugins, "greedy", content_sources=[source])
    assert content_policy() == "; ".join(f"{name} {value}" for name, value in POLICY.items())
    assert [(failure.plugin, failure.where) for failure in failures] == [("greedy", "content_sources")]


def make_app() -> Flask:
    app = Flask("test")
    app.add_url_rule("/settings/company", endpoint="settings.company", view_func=lambda: "")
    return app


def test_a_blueprint_stands_below_its_plugins_name(plugins: Plugins) -> None:
    blueprint = Blueprint("phone", __name__, url_prefix="/")
    blueprint.add_url_rule("/dial", view_func=lambda: "", endpoint="dial")
    add(plugins, "phone", register_blueprint=blueprint)
    app = make_app()
    register_plugin_pages(app)
    assert {rule.rule for rule in app.url_map.iter_rules()} >= {"/phone/dial"}


@pytest.mark.parametrize(("plugin", "blueprint"), [("settings", "settings"), ("phone", "desk")])
def test_a_blueprint_cannot_stand_in_the_cores_place(
    plugins: Plugins, failures: list[Failure], plugin: str, blueprint: str
) -> None:
    made = Blueprint(blueprint, __name__)
    made.add_url_rule("/company", view_func=lambda: "mine", endpoint="company")
    add(plugins, plugin, register_blueprint=made)
    app = make_app()
    register_plugin_pages(app)
    assert app.test_client().get("/settings/company").text == ""
    assert [failure.where for failure in failures] == ["register_blueprint"]
