"""waitress inside the process: what it serves, and how it ends."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from appliance.services import agents, sign_in
from appliance.values import SYSTEM
from appliance.web import cookies
from appliance.wsgi import STOP_SECONDS, Server, listen, options
from tests.integration.conftest import PASSWORD, Site


class Running:
    """A server in a thread of its own, on a free port."""

    def __init__(self, site: Site) -> None:
        site.app.add_url_rule("/slow", view_func=self._answer_slowly, endpoint="health.slow")
        self.begun = threading.Event()
        self.connections: list[http.client.HTTPConnection] = []
        listener = listen("127.0.0.1", 0)
        self.port = listener.getsockname()[1]
        self.server = Server(site.app, listener)
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        agent = agents.add("anna", "Anna", "agent", PASSWORD, SYSTEM)
        self.cookie = f"{cookies.SIGN_IN}={sign_in.begin(agent, '', '')}"

    def ask(self, address: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        self.connections.append(connection)
        connection.request("GET", address, headers={"Cookie": self.cookie})
        return connection.getresponse()

    def stop(self) -> float:
        """Seconds it took."""
        begun = time.monotonic()
        self.server.stop()
        self.thread.join(STOP_SECONDS + 10)
        assert not self.thread.is_alive()
        return time.monotonic() - begun

    def close(self) -> None:
        for connection in self.connections:
            connection.close()
        if self.thread.is_alive():
            self.stop()

    def _answer_slowly(self) -> str:
        self.begun.set()
        time.sleep(1.0)
        return "done"


@pytest.fixture
def running(site: Site) -> Iterator[Running]:
    made = Running(site)
    yield made
    made.close()


def test_it_serves_and_does_not_say_what_it_is(running: Running) -> None:
    answer = running.ask("/healthz")
    assert (answer.status, answer.read()) == (200, b"ok\n")
    assert answer.headers["Server"] is None
    assert running.server.alive()


def test_a_request_under_way_is_answered_before_the_end(running: Running) -> None:
    found: list[bytes] = []
    asking = threading.Thread(target=lambda: found.append(running.ask("/slow").read()))
    asking.start()
    assert running.begun.wait(10)
    assert running.stop() < STOP_SECONDS
    asking.join(10)
    assert found == [b"done"]


def test_open_streams_end_and_new_visitors_are_refused(running: Running) -> None:
    stream = running.ask("/live")
    assert stream.headers["Content-Type"].startswith("text/event-stream")
    assert running.stop() < STOP_SECONDS
    stream.read()  # it ends
    with pytest.raises(ConnectionRefusedError):
        running.ask("/healthz")


def test_half_a_request_holds_nothing_up(running: Running) -> None:
    with socket.create_connection(("127.0.0.1", running.port)) as half:
        half.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        assert running.ask("/healthz").status == 200
        assert running.stop() < STOP_SECONDS


def test_a_busy_port_is_an_error_at_once() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(OSError, match="in use"):
        listen("127.0.0.1", taken.getsockname()[1])


def test_forwarded_headers_count_from_the_configured_proxy_only() -> None:
    assert "trusted_proxy" not in options("")
    assert options("")["clear_untrusted_proxy_headers"]
    trusted = options("10.0.0.1")
    assert trusted["trusted_proxy"] == "10.0.0.1"
    assert "x-forwarded-proto" in trusted["trusted_proxy_headers"]
