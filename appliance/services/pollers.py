"""One service thread for every enabled connection, by a lease: never two pollers for one bot."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from appliance.services import connections, leases
from appliance.services.journal import ConnectionJournal
from appliance.services.threads import Thread, keep_running

LOOK_SECONDS = 1.0
log = logging.getLogger("appliance.pollers")


class Pollers:
    """Follows the list of connections: starts, stops and restarts their services as settings change."""

    def __init__(self, arrived: Callable[[], None]) -> None:
        self._arrived = arrived
        self._running: dict[int, tuple[str, Thread]] = {}
        self._thread: Thread | None = None

    def start(self) -> None:
        self._thread = keep_running("pollers", self._follow)

    def stop(self) -> None:
        if self._thread is not None:
            self._thread.stop()
        for _, thread in self._running.values():
            thread.ask_to_stop()
        for connection_id in list(self._running):
            self._end(connection_id)

    def _follow(self, stop: threading.Event) -> None:
        while not stop.is_set():
            self.look()
            stop.wait(LOOK_SECONDS)

    def look(self) -> None:
        """Bring the running services in line with the connections."""
        wanted = {number: connections.fingerprint(number) for number in connections.enabled()}
        for connection_id, (fingerprint, _) in list(self._running.items()):
            if wanted.get(connection_id) != fingerprint:
                self._end(connection_id)
        for connection_id, fingerprint in wanted.items():
            if connection_id not in self._running and leases.take(_lease(connection_id)):
                self._begin(connection_id, fingerprint)

    def _begin(self, connection_id: int, fingerprint: str) -> None:
        # Started with settings of a moment ago, it would go on with the old token until the next change.
        connections.forget(connection_id)
        channel = connections.channel_of(connection_id)
        info = connections.info(connection_id)
        journal = ConnectionJournal(connection_id, self._arrived)

        def serve(stop: threading.Event) -> None:
            channel.serve(info, journal, stop)

        thread = keep_running(f"{channel.name}-{connection_id}", serve)
        self._running[connection_id] = (fingerprint, thread)
        log.info("connection %s is served", connection_id)

    def _end(self, connection_id: int) -> None:
        _, thread = self._running.pop(connection_id)
        thread.stop(10.0)
        leases.release(_lease(connection_id))


def _lease(connection_id: int) -> str:
    return f"poller:{connection_id}"
