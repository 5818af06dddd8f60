"""Under which names the desk answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance import app, migrate
from appliance.config import Config
from appliance.plugins import Plugins, bind
from appliance.services import settings
from appliance.values import SYSTEM
from appliance.web.hosts import is_ours


@pytest.fixture(autouse=True)
def box(tmp_path: Path) -> object:
    app.bind_doors(Config(data=tmp_path))
    migrate.upgrade()
    bind(Plugins(strict=True))
    yield
    app.unbind_doors()


@pytest.mark.parametrize(
    "host",
    [
        "192.168.1.10:8080",
        "127.0.0.1",
        "[fe80::1]:8080",
        "[fe80::1%eth0]",
        "localhost:8080",
        "helpdesk",
        "HelpDesk.local",
        "desk.lan:80",
        "desk.home.arpa",
        "desk.local.",
    ],
)
def test_it_answers_to_addresses_and_local_names(host: str) -> None:
    assert is_ours(host, ())


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "lan.evil.example",
        "",
        "a b",
        "desk.lan:x",
        "desk.lan/x",
        "[evil]",
        "..lan@x",
    ],
)
def test_it_answers_to_no_stranger(host: str) -> None:
    assert not is_ours(host, ())


def test_the_owner_can_allow_more() -> None:
    assert is_ours("help.example:443", ("help.example",))
    assert not is_ours("desk.example", ())
    settings.set("base_url", "https://desk.example", SYSTEM)
    assert is_ours("desk.example", ())
