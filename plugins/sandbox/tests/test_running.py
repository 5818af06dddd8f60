"""Starting, stopping, keeping state, and the command line."""

from __future__ import annotations

import contextlib
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

from appliance_sandbox.control import Control
from appliance_sandbox.server import start_server
from appliance_sandbox.server.chats import Seat
from tests.harness.waiting import wait_until

from .conftest import SECRET, TOKEN
from .samples import sample


def test_state_survives_a_restart(tmp_path: Path) -> None:
    state = tmp_path / "deep" / "sandbox.db"
    server = start_server(state=state, token=TOKEN, control_secret=SECRET)
    with Control(server.url, SECRET) as control:
        bot, anna = control.bots()[0]["id"], control.add_customer("Анна")["id"]
        sent = control.phone(bot, anna).send("voice", sample("voice-ru.ogg"))["message"]
    server.close()
    again = start_server(state=state, token=TOKEN, control_secret=SECRET)
    with Control(again.url, SECRET) as control:
        assert control.phone(bot, anna).messages() == [sent]
        assert len(control.pending(bot)) == 1
        assert control.file(bot, sent["voice"]["file_id"]).startswith(b"OggS")
    again.close()


def test_closing_ends_long_polls() -> None:
    server = start_server(token=TOKEN)

    def poll() -> None:
        # Whether the empty answer still gets out is a matter of luck.
        with contextlib.suppress(httpx.TransportError):
            httpx.get(f"{server.url}/bot{TOKEN}/getUpdates?timeout=40", timeout=60, trust_env=False)

    polling = threading.Thread(target=poll)
    polling.start()
    wait_until(lambda: server.sandbox.updates.is_polled(7001), "the long poll")
    server.close()
    polling.join(30)
    assert not polling.is_alive(), "it would have taken 40 seconds"


def test_it_refuses_a_port_in_use_and_a_malformed_token() -> None:
    server = start_server()
    with pytest.raises(OSError, match="in use"):
        start_server(port=int(server.url.rpartition(":")[2]))
    with pytest.raises(ValueError, match="token"):
        start_server(token="malformed")
    server.close()


def test_it_runs_from_the_command_line() -> None:
    command = [sys.executable, "-m", "appliance_sandbox", "--token", TOKEN, "--control-secret", SECRET]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        line = process.stdout.readline().strip()
        url = line.removeprefix("listening on ")
        assert httpx.get(f"{url}/bot{TOKEN}/getMe", trust_env=False).json()["ok"]
        with Control(url, SECRET) as control:
            assert control.customers() == []
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0


def test_a_state_of_an_older_release_is_brought_up_to_date(tmp_path: Path) -> None:
    state = tmp_path / "sandbox.db"
    with contextlib.closing(sqlite3.connect(state)) as old:
        old.execute(
            "CREATE TABLE seats (bot_id INTEGER NOT NULL, chat_id INTEGER NOT NULL, state TEXT NOT NULL,"
            " last_message_id INTEGER NOT NULL DEFAULT 0, keyboard TEXT, action TEXT, action_at REAL,"
            " PRIMARY KEY (bot_id, chat_id))"
        )
        old.execute("INSERT INTO seats (bot_id, chat_id, state) VALUES (7001, 42, 'started')")
        old.commit()
    server = start_server(state=state, token=TOKEN)
    try:
        assert server.sandbox.chats.seat(7001, 42) == Seat("started", None, None, 0)
    finally:
        server.close()
