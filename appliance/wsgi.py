"""`appliance web`: waitress inside this process, so that it can end streams and finish requests when told to stop."""

from __future__ import annotations

import logging
import signal
import socket
import sys
import time
from types import FrameType
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

from appliance.app import NotMigratedError, close_app, create_app
from appliance.config import Config
from appliance.supervision.heartbeat import Heartbeat
from appliance.supervision.signs import HOPELESS
from appliance.web.limits import BODY_LIMIT, STREAMS
from appliance.web.running import NAME, Running

log = logging.getLogger("appliance.web")
THREADS = 64  # for pages; each open stream holds one more
STOP_SECONDS = 5.0
HUNG_SECONDS = 10.0


def serve(config: Config, heartbeat: Heartbeat | None = None, pulse: Pulse | None = None) -> int:
    """Serve until SIGTERM or SIGINT; the exit code. `pulse` is what the heartbeat asks before each beat."""
    try:
        listener = listen(*config.listen)
    except OSError as error:
        sys.stderr.write(f"cannot listen on {config.listen[0]}:{config.listen[1]}: {error.strerror}\n")
        return HOPELESS
    try:
        app = create_app(config)
    except NotMigratedError as error:
        sys.stderr.write(f"{error}\n")
        return HOPELESS
    server = Server(app, listener, config.trusted_proxy)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, server.stop)
    if pulse is not None:
        pulse.watch(server)
    if heartbeat is not None:
        heartbeat.ready()
    server.run()
    return 0


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; '::' takes IPv4 as well. Raises OSError when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, dualstack_ipv6=host == "::", backlog=1024)


class Server:
    """One waitress server and its loop, which runs in the thread that calls `run`."""

    def __init__(self, app: Flask, listener: socket.socket, trusted_proxy: str = "") -> None:
        self._app = app
        self._running: Running = app.extensions[NAME]
        self._waitress: Any = create_server(app, sockets=[listener], **options(trusted_proxy))
        self._turned = time.monotonic()
        self._stop_by = 0.0
        log.info("listening on %s port %s", *listener.getsockname()[:2])

    def run(self) -> None:
        while not self._stop_by:
            self._turn()
        self._close_listener()
        while self._is_busy() and time.monotonic() < self._stop_by:
            self._turn()
        self._waitress.task_dispatcher.shutdown(timeout=2)
        wasyncore.close_all(self._waitress._map)
        close_app(self._app)

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """End streams, take no new connections, give requests under way their time. Safe in a signal handler."""
        if not self._stop_by:
            self._stop_by = time.monotonic() + STOP_SECONDS
            self._running.stopping.set()
            self._waitress.trigger.pull_trigger()

    def alive(self) -> bool:
        """Whether this loop and the one that follows the feed still turn."""
        oldest = min(self._turned, self._running.watcher.beat)
        return time.monotonic() - oldest < HUNG_SECONDS

    def _turn(self) -> None:
        wasyncore.loop(timeout=0.5, map=self._waitress._map, use_poll=True, count=1)
        self._turned = time.monotonic()

    def _close_listener(self) -> None:
        self._waitress.accepting = False
        self._waitress.del_channel()
        self._waitress.socket.close()

    def _is_busy(self) -> bool:
        channels = self._waitress.active_channels.values()
        return any(channel.requests or channel.total_outbufs_len for channel in channels)


class Pulse:
    """Before the server stands, starting up is life enough."""

    def __init__(self) -> None:
        self._server: Server | None = None

    def watch(self, server: Server) -> None:
        self._server = server

    def __call__(self) -> bool:
        return self._server is None or self._server.alive()


def options(trusted_proxy: str) -> dict[str, Any]:
    """What waitress is told. Forwarded headers are believed from the configured proxy only."""
    chosen: dict[str, Any] = {
        "threads": THREADS + STREAMS,
        "connection_limit": 500,
        "max_request_body_size": BODY_LIMIT,
        "ident": None,
        "clear_untrusted_proxy_headers": True,
    }
    if trusted_proxy:
        chosen |= {
            "trusted_proxy": trusted_proxy,
            "trusted_proxy_count": 1,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"},
        }
    return chosen
