"""Paused players and stalled downloads hold lines open, and nothing of the desk: against the real web process."""

from __future__ import annotations

import os
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance import db
from appliance.models import File, Rendition
from appliance.services import blobs
from appliance.web.cookies import SIGN_IN
from appliance.web.files import RANGE_LIMIT
from appliance.wsgi import STREAMS, THREADS
from tests.harness.ports import find_free_port
from tests.harness.processes import LoggedProcess
from tests.harness.waiting import wait_until
from tests.integration.desk.conftest import Browser, House

PLAYERS = 20
# One more than the server could hold a thread for.
DOWNLOADS = THREADS + STREAMS + 1
# More than the server would keep for a reader before it lets a thread wait.
LARGE = 24 << 20
PATIENCE = 60.0
PAGES = ("/inbox", "/t/1001", "/healthz", "/inbox", "/t/1001")


class Stalled:
    """A reader that takes 64 KiB of an answer and then none, with little room for what it has not taken."""

    def __init__(self, port: int, address: str, cookie: str, asked: str = "") -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
        self._socket.settimeout(PATIENCE)
        self._socket.connect(("127.0.0.1", port))
        lines = (f"GET {address} HTTP/1.1", "Host: localhost", f"Cookie: {cookie}", asked, "", "")
        self._socket.sendall("\r\n".join(line for line in lines if line).encode() + b"\r\n\r\n")
        self.taken = b""
        while len(self.taken) < 65_536:
            self._take()

    @property
    def head(self) -> bytes:
        return self.taken.partition(b"\r\n\r\n")[0]

    def take_all(self, length: int) -> bytes:
        """The body, read to its end after all."""
        start = len(self.head) + 4
        while len(self.taken) < start + length:
            self._take()
        return self.taken[start:]

    def _take(self) -> None:
        found = self._socket.recv(65_536)
        assert found, f"the line was cut after {len(self.taken)} bytes: {self.head!r}"
        self.taken += found

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def film(house: House) -> bytes:
    """The playable rendition of the file of message 1, whose original is as large."""
    house.write({"chat": 1, "id": 1, "text": "look", "file": "f1", "kind": "photo"})
    content = os.urandom(1 << 20) * (LARGE >> 20)
    blob = blobs.put(lambda target: target.write(content))
    with db.write() as session:
        file = session.query(File).one()
        file.state, file.sha256, file.size = "ready", blob.sha256, blob.size
        session.add(Rendition(file_id=file.id, kind="playable", mime="video/mp4", sha256=blob.sha256, size=blob.size))
    return content


@pytest.fixture
def port(house: House, tmp_path: Path) -> Iterator[int]:
    """A web process of its own over the same data."""
    number = find_free_port()
    environ = {"APPLIANCE_DATA": str(tmp_path), "APPLIANCE_LISTEN": f"127.0.0.1:{number}"}
    log = tmp_path / "web.log"
    process = LoggedProcess((sys.executable, "-m", "appliance", "web"), log, environ)
    wait_until(lambda: is_answering(number), "the server's first answer", PATIENCE, shown=log.read_text)
    yield number
    process.stop()


def is_answering(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def open_pages(port: int, cookie: str) -> float:
    """Seconds for a handful of pages, each of which has to come within PATIENCE."""
    begun = time.monotonic()
    for page in PAGES:
        request = urllib.request.Request(f"http://127.0.0.1:{port}{page}", headers={"Cookie": cookie})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            assert answer.status == 200
            assert answer.read()
    return time.monotonic() - begun


def test_the_desk_answers_while_players_are_paused(owner: Browser, film: bytes, port: int) -> None:
    cookie = cookie_of(owner)
    open_pages(port, cookie)  # the first ones are slow for reasons of their own
    before = open_pages(port, cookie)
    players = [Stalled(port, "/files/1/playable", cookie, "Range: bytes=0-") for _ in range(PLAYERS)]
    meanwhile = open_pages(port, cookie)
    sys.stdout.write(f"{len(PAGES)} pages: {before:.2f} s, with {PLAYERS} paused players {meanwhile:.2f} s\n")
    for player in players:
        assert f"Content-Range: bytes 0-{RANGE_LIMIT - 1}/{LARGE}".encode() in player.head
        # Nobody had given up on it: it can go on to the end of its stretch.
        assert player.take_all(RANGE_LIMIT) == film[:RANGE_LIMIT]
        player.close()


@pytest.mark.parametrize("address", ["/files/1", "/messages/1/files.zip"])
def test_more_stalled_downloads_than_threads_hold_none_of_them(
    owner: Browser, film: bytes, port: int, address: str
) -> None:
    cookie = cookie_of(owner)
    downloads = [Stalled(port, address, cookie) for _ in range(DOWNLOADS)]
    open_pages(port, cookie)
    assert len(downloads[0].take_all(LARGE)) >= LARGE
    open_pages(port, cookie)
    for download in downloads:
        download.close()


def cookie_of(browser: Browser) -> str:
    found = browser.client.get_cookie(SIGN_IN)
    assert found is not None
    return f"{SIGN_IN}={found.value}"
