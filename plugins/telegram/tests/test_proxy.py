"""Through a proxy: what it refuses never left, what it passes on did."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from appliance import ConnectionInfo, Outgoing, OutgoingPart, SendError
from appliance_telegram.channel import TelegramChannel
from plugins.telegram.tests.local_bot_api import TOKEN

ANSWER = b'{"ok":true,"result":{"message_id":4,"date":1,"chat":{"id":5,"type":"private"}}}'


class Proxy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class names it so)
        """Quiet."""

    def do_CONNECT(self) -> None:
        self.send_error(407)

    def do_POST(self) -> None:
        assert self.path == f"http://api.example/bot{TOKEN}/sendMessage"
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)


@contextmanager
def proxy() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def send(channel: TelegramChannel, api_url: str, through: str) -> tuple[int, str]:
    """How often it left, and what was in the way."""
    left: list[int] = []
    (piece,) = channel.plan(Outgoing("5", (OutgoingPart(0, "text", "hello"),)))
    connection = ConnectionInfo(1, {"token": TOKEN, "api_url": api_url, "proxy": through})
    try:
        channel.send(connection, "5", piece, {}, lambda: left.append(1))
    except SendError as error:
        return len(left), f"{error.code}: {error.params['cause']}"
    return len(left), ""


def test_a_proxy_that_refuses_the_tunnel_lets_nothing_leave(channel: TelegramChannel) -> None:
    with proxy() as through:
        assert send(channel, "https://api.example", through) == (0, "network: proxy_unreachable")


def test_a_proxy_that_passes_it_on_has_it(channel: TelegramChannel) -> None:
    with proxy() as through:
        assert send(channel, "http://api.example", through) == (1, "")


def test_a_bot_api_server_on_this_machine_is_reached_without_the_environments_proxy(
    channel: TelegramChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    with proxy() as through:
        monkeypatch.setenv("HTTP_PROXY", through)
        assert send(channel, "http://api.example", "") == (1, "")
        assert send(channel, "http://127.0.0.1:9", "") == (0, "network: no_internet")
