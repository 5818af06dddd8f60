"""The customer sees that somebody writes, now and then, if the company wants it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance import queue
from appliance.services import settings, typing_signs
from appliance.values import SYSTEM, Actor, SendError
from tests.unit.services.conftest import Desk


class Woken:
    """What lies in the worker's queue."""

    def __init__(self, file: Path) -> None:
        queue.bind(file)

    def addresses(self) -> list[int]:
        return [task.args[1] for task in queue.consumers()[0].huey.pending() if task.args[0] == "typing"]


@pytest.fixture
def woken(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Woken]:
    monkeypatch.setattr(typing_signs, "_shown", {})
    desk.outside.can = {"typing": True}
    desk.write({"chat": 7, "id": 1, "text": "a"}, {"chat": 8, "id": 1, "text": "b"})
    yield Woken(tmp_path / "queue.db")
    queue.unbind()


def test_a_sign_is_asked_for_once_in_a_while_for_each_address(desk: Desk, woken: Woken) -> None:
    for ticket in (1001, 1001, 1002, 1001):
        typing_signs.notice(ticket, desk.agent)
    assert sorted(woken.addresses()) == [1, 2]


def test_it_can_be_turned_off(desk: Desk, woken: Woken) -> None:
    settings.set("typing", "", SYSTEM)
    typing_signs.notice(1001, desk.agent)
    assert woken.addresses() == []


def test_a_channel_that_cannot_is_not_bothered(desk: Desk, woken: Woken) -> None:
    desk.outside.can = {}
    typing_signs.notice(1001, desk.agent)
    assert woken.addresses() == []


def test_who_may_not_see_the_ticket_shows_nothing(desk: Desk, woken: Woken) -> None:
    typing_signs.notice(1001, Actor("contact", 1))
    typing_signs.notice(4711, desk.agent)
    assert woken.addresses() == []


def test_the_sign_is_shown(desk: Desk, woken: Woken) -> None:
    typing_signs.show(1, int(time.time()))
    assert desk.outside.typing == ["7"]


def test_one_that_waited_too_long_is_no_longer_true(desk: Desk, woken: Woken) -> None:
    typing_signs.show(1, int(time.time()) - 60)
    assert desk.outside.typing == []


def test_nobody_minds_a_sign_that_could_not_be_shown(desk: Desk, woken: Woken) -> None:
    desk.outside.failures = [SendError("network")]
    typing_signs.show(1, int(time.time()))
    typing_signs.show(4711, int(time.time()))
    assert desk.outside.typing == []
