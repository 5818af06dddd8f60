"""Small proxies on loopback: HTTP (CONNECT and forwarding) and SOCKS5, with or without a password.

Names are known to the proxy alone, so what arrives at its end has certainly gone through it.
"""

from __future__ import annotations

import base64
import http.client
import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

USER, PASSWORD = "shop", "s3cret"
SECONDS = 10.0


@dataclass
class Route:
    """Where the proxy leads, and what went through it: the hosts it was asked for."""

    port: int
    password: bool = False
    asked: list[str] = field(default_factory=list)
    refused: int = 0

    def open(self, host: str) -> socket.socket:
        self.asked.append(host)
        return socket.create_connection(("127.0.0.1", self.port), SECONDS)


class _Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads = True
    route: Route

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients hang up when they have what they want."""


class _HttpServer(ThreadingHTTPServer):
    daemon_threads = True
    route: Route

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients hang up when they have what they want."""


class _HttpProxy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _HttpServer

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the base class names it so)
        """Quiet."""

    def do_CONNECT(self) -> None:
        if not self._may_pass():
            return
        with self.server.route.open(self.path.rpartition(":")[0]) as target:
            self.send_response(200, "Connection established")
            self.end_headers()
            pump(self.connection, target)
        self.close_connection = True

    def do_GET(self) -> None:
        self._forward()

    def do_POST(self) -> None:
        self._forward()

    def _forward(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self._may_pass():
            return
        address = urlsplit(self.path)
        self.server.route.asked.append(address.hostname or "")
        with closing(http.client.HTTPConnection("127.0.0.1", self.server.route.port, timeout=SECONDS)) as line:
            line.request(self.command, address.path, body, {"Content-Type": self.headers.get("Content-Type", "")})
            answer = line.getresponse()
            self._answer(answer.status, answer.read())

    def _may_pass(self) -> bool:
        expected = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if not self.server.route.password or self.headers.get("Proxy-Authorization") == expected:
            return True
        self.server.route.refused += 1
        self._answer(407, b"<html>Who are you?</html>")
        return False

    def _answer(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class _SocksProxy(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        if not self._greet():
            self.server.route.refused += 1
            return
        _, _, _, kind = self.rfile.read(4)
        host = self._read_host(kind)
        self.rfile.read(2)
        with self.server.route.open(host) as target:
            self.wfile.write(b"\x05\x00\x00\x01" + bytes(6))
            pump(self.connection, target)

    def _greet(self) -> bool:
        _, count = self.rfile.read(2)
        offered = self.rfile.read(count)
        wanted = 2 if self.server.route.password else 0
        if wanted not in offered:
            self.wfile.write(b"\x05\xff")
            return False
        self.wfile.write(bytes((5, wanted)))
        return not wanted or self._check_password()

    def _check_password(self) -> bool:
        self.rfile.read(1)
        user = self.rfile.read(self.rfile.read(1)[0])
        password = self.rfile.read(self.rfile.read(1)[0])
        known = (user, password) == (USER.encode(), PASSWORD.encode())
        self.wfile.write(b"\x01\x00" if known else b"\x01\x01")
        return known

    def _read_host(self, kind: int) -> str:
        if kind == 3:
            return self.rfile.read(self.rfile.read(1)[0]).decode()
        return socket.inet_ntop(socket.AF_INET, struct.pack("4s", self.rfile.read(4)))


def pump(near: socket.socket, far: socket.socket) -> None:
    """Both directions, until one side has said everything."""
    back = threading.Thread(target=_copy, args=(far, near), daemon=True)
    back.start()
    _copy(near, far)
    back.join(SECONDS)


def _copy(source: socket.socket, target: socket.socket) -> None:
    try:
        while chunk := source.recv(1 << 16):
            target.sendall(chunk)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return


@contextmanager
def proxy(scheme: str, route: Route) -> Iterator[str]:
    """The address of a running proxy, without user and password."""
    server = _Server(("127.0.0.1", 0), _SocksProxy) if scheme == "socks5" else _HttpServer(("127.0.0.1", 0), _HttpProxy)
    server.route = route
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"{scheme}://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
