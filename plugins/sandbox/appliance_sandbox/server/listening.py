"""A port that can be told to refuse connections for a while and then take them again."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from waitress.server import create_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

CONNECTIONS = 2000
LOOPBACK = "127.0.0.1"
LARGEST_BODY = 3 << 30  # what is too large for a bot is the application's to say
PATIENCE = 10.0  # seconds for the loop to do as told


class Listener:
    """waitress on one loopback port, in threads of this process.

    Everything that touches sockets runs in waitress's own loop thread, through its trigger: closing them from
    elsewhere would race with its select.
    """

    def __init__(self, application: WSGIApplication, port: int, threads: int) -> None:
        # Any, because the published types lack half of what is used below.
        make: Any = create_server
        self._server = make(
            application,
            sockets=[bind(port)],
            threads=threads,
            connection_limit=CONNECTIONS,
            backlog=CONNECTIONS,
            channel_timeout=300,
            max_request_body_size=LARGEST_BODY,
            asyncore_use_poll=True,
            ident="sandbox",
        )
        self.port = int(self._server.effective_port)
        self.url = f"http://{LOOPBACK}:{self.port}"
        self._open = True
        self._reopening: threading.Timer | None = None
        self._thread = threading.Thread(target=self._server.run, name=f"sandbox-{self.port}", daemon=True)
        self._thread.start()

    def refuse(self, seconds: float) -> None:
        """Close the port and every connection on it; after `seconds` take connections again."""
        self._cancel_reopening()
        self._in_loop(self._shut)
        self._reopening = threading.Timer(seconds, self.admit)
        self._reopening.daemon = True
        self._reopening.start()

    def admit(self) -> None:
        """Take connections, on the same port as ever."""
        self._cancel_reopening()
        self._in_loop(self._reopen)

    def close(self) -> None:
        """For good. Requests under way are cut off."""
        self._cancel_reopening()
        self._in_loop(self._shut)
        # The workers before the trigger: one that finishes pulls it.
        self._server.task_dispatcher.shutdown(timeout=PATIENCE)
        self._in_loop(self._server.trigger.close)
        self._thread.join(PATIENCE)

    def _in_loop(self, task: Callable[[], None]) -> None:
        done = threading.Event()

        def run() -> None:
            task()
            done.set()

        self._server.trigger.pull_trigger(run)
        done.wait(PATIENCE)

    def _shut(self) -> None:
        if not self._open:
            return
        self._open = False
        server = self._server
        server.accepting = False
        server.del_channel()
        server.socket.close()
        for channel in list(server.active_channels.values()):
            channel.handle_close()

    def _reopen(self) -> None:
        if self._open:
            return
        server = self._server
        server.set_socket(bind(self.port))
        server.accept_connections()
        self._open = True

    def _cancel_reopening(self) -> None:
        if self._reopening:
            self._reopening.cancel()
            self._reopening = None


def bind(port: int) -> socket.socket:
    """OSError for a port in use."""
    bound = socket.socket()
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((LOOPBACK, port))
    except OSError:
        bound.close()
        raise
    bound.setblocking(False)
    return bound
