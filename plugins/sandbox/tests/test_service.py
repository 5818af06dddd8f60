"""The messenger follows the owner's settings."""

from __future__ import annotations

import socket
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from appliance import SYSTEM
from appliance.plugins import plugins
from appliance.services import settings
from appliance_sandbox import rooms, service
from appliance_sandbox.control import Control

from .box import OpenBox, opened_box


@pytest.fixture
def box(tmp_path: Path) -> Iterator[OpenBox]:
    with opened_box(tmp_path) as opened:
        yield opened


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_it_starts_moves_and_stops_with_the_settings(box: OpenBox) -> None:
    assert service.follow_settings(None) is None
    first, second = free_port(), free_port()
    box.switch_on(first)
    server = service.follow_settings(None)
    assert server
    assert server.port == first
    assert service.follow_settings(server) is server
    box.switch_on(second)
    moved = service.follow_settings(server)
    assert moved
    assert moved.port == second
    settings.set("sandbox.enabled", "", SYSTEM)
    assert service.follow_settings(moved) is None


@pytest.mark.parametrize("wished", ["", "1"])
def test_it_plays_the_server_the_owner_wishes_for(box: OpenBox, wished: str) -> None:
    box.switch_on(free_port())
    settings.set("sandbox.local", wished, SYSTEM)
    server = service.follow_settings(None)
    assert server
    assert server.sandbox.mode.local is bool(wished)
    server.close()


def test_it_keeps_bots_and_secret(box: OpenBox) -> None:
    port = free_port()
    server = service.start(port)
    with Control(server.url, rooms.control_secret()) as control:
        token = control.bots()[0]["token"]
    server.close()
    again = service.start(port)
    with Control(again.url, rooms.control_secret()) as control:
        assert control.bots()[0]["token"] == token
    again.close()
    assert stat.S_IMODE((rooms.folder() / "control-secret").stat().st_mode) == 0o600


def test_it_serves_until_it_is_told_to_stop(box: OpenBox) -> None:
    port, stop = free_port(), threading.Event()
    box.switch_on(port)
    serving = threading.Thread(target=service.serve, args=(stop,))
    serving.start()
    deadline = time.monotonic() + 10
    while not _answers(port) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _answers(port)
    stop.set()
    serving.join(10)
    assert not _answers(port)


def test_it_says_that_a_port_is_in_use(box: OpenBox) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        box.switch_on(other.getsockname()[1])
        with pytest.raises(OSError, match="in use"):
            service.follow_settings(None)


def test_a_port_is_a_number_in_range(box: OpenBox) -> None:
    for wrong in ("80", "70000", "port"):
        with pytest.raises(settings.SettingError):
            settings.set("sandbox.port", wrong, SYSTEM)


def test_the_page_is_offered_while_it_is_switched_on(box: OpenBox) -> None:
    assert not [link for _, links in plugins().ask("nav_links") for link in links if link.endpoint == "sandbox.index"]
    box.switch_on(free_port())
    assert [link for _, links in plugins().ask("nav_links") for link in links if link.endpoint == "sandbox.index"]


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/control", trust_env=False).status_code == 403
    except httpx.TransportError:
        return False
