from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from appliance.supervision.notify import Notifier

PID = 4242


@pytest.fixture
def address() -> Iterator[Path]:
    with TemporaryDirectory() as folder:  # tmp_path may be longer than a socket's name can be
        yield Path(folder) / "notify"


def test_it_sends_its_lines_as_one_datagram(address: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(address))
        systemd.settimeout(5)
        Notifier({"NOTIFY_SOCKET": str(address)}, PID).tell("READY=1", "STATUS=web runs")
        assert systemd.recv(4096) == b"READY=1\nSTATUS=web runs"


def test_it_says_nothing_where_nobody_listens(address: Path) -> None:
    Notifier({}, PID).tell("READY=1")
    Notifier({"NOTIFY_SOCKET": str(address)}, PID).tell("READY=1")


def test_it_takes_the_variables_away_from_the_children() -> None:
    environ = {"NOTIFY_SOCKET": "/run/x", "WATCHDOG_USEC": "60000000", "WATCHDOG_PID": str(PID), "LANG": "C"}
    assert Notifier(environ, PID).interval == 20
    assert environ == {"LANG": "C"}


@pytest.mark.parametrize(
    "environ",
    [{}, {"WATCHDOG_USEC": "0"}, {"WATCHDOG_USEC": "soon"}, {"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"}],
)
def test_it_feeds_no_watchdog_that_is_not_its_own(environ: dict[str, str]) -> None:
    assert Notifier(environ, PID).interval is None
