"""`appliance demo`, as a person starts it: a box that is set up, with conversations that came the real way."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from appliance_sandbox.conversations import conversations

from .test_service import free_port

PATIENCE = 180.0
pytestmark = pytest.mark.slow


@contextmanager
def demo(data: Path) -> Iterator[str]:
    """A demo that serves; answers what it printed. Ends it with Ctrl-C."""
    port = free_port()
    environ = {
        **os.environ,
        "APPLIANCE_DATA": str(data),
        "APPLIANCE_LISTEN": f"127.0.0.1:{port}",
        "LANG": "ru_RU.UTF-8",
    }
    printed = data.parent / f"printed-{port}.txt"
    with printed.open("w") as output:
        command = [sys.executable, "-m", "appliance", "demo"]
        process = subprocess.Popen(command, env=environ, stdout=output, stderr=subprocess.STDOUT)
        try:
            wait_for(lambda: process.poll() is not None or serves(port), printed)
            assert process.poll() is None, printed.read_text()
            yield printed.read_text()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def wait_for(happened: Callable[[], object], what: object) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, what
        time.sleep(0.25)


def serves(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False).is_success
    except httpx.TransportError:
        return False


def played(data: Path) -> bool:
    steps = json.loads((data / "plugin-data/sandbox/story.json").read_text())["steps"]
    return bool(steps == {one.name: len(one.steps) for one in conversations()})


def rows(data: Path, question: str) -> list[Any]:
    with closing(sqlite3.connect(f"file:{data}/appliance.db?mode=ro", uri=True)) as database:
        return database.execute(question).fetchall()


def all_arrived(data: Path) -> bool:
    """Every conversation has its ticket, every acknowledgement and reply is with its customer."""
    tickets = len(rows(data, "SELECT id FROM ticket"))
    return tickets == len(conversations()) and rows(data, "SELECT DISTINCT state FROM delivery") == [("sent",)]


def password_in(printed: str) -> str:
    return next(line.partition(": ")[2] for line in printed.splitlines() if line.startswith("Пароль"))


@pytest.mark.timeout(600)
def test_the_demo_fills_itself_and_is_the_same_box_the_next_time(tmp_path: Path) -> None:
    data = tmp_path / "demo"
    with demo(data) as printed:
        password = password_in(printed)
        wait_for(lambda: played(data) and all_arrived(data), data)
        tickets = rows(data, "SELECT id FROM ticket")
    assert len(tickets) == len(conversations())
    replies = sum("reply" in step for one in conversations() for step in one.steps)
    assert len(rows(data, "SELECT id FROM message WHERE kind = 'reply'")) == replies
    with demo(data) as printed:
        assert password_in(printed) == password
        assert len(rows(data, "SELECT id FROM ticket")) == len(tickets)


@pytest.mark.timeout(240)
def test_it_leaves_a_box_in_use_alone(tmp_path: Path) -> None:
    environ = {**os.environ, "APPLIANCE_DATA": str(tmp_path), "LANG": "C"}
    appliance = [sys.executable, "-m", "appliance"]
    subprocess.run([*appliance, "set", "company", "A real shop"], env=environ, check=True, timeout=180)
    tried = subprocess.run([*appliance, "demo"], env=environ, capture_output=True, text=True, timeout=180, check=False)
    assert tried.returncode == 1
    assert "belongs to a box in use" in tried.stderr
    assert not (tmp_path / "plugin-data/sandbox/demo.json").exists()
