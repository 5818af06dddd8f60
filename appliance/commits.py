"""Whether anybody, in whichever process, has committed: threads look at this in place of queries of their own.

One look costs some microseconds (`PRAGMA data_version`), a query through the models a hundred times as many; a quiet
box asks ten times a second and needs next to nothing.
"""

from __future__ import annotations

import logging
import threading
from typing import Any

from appliance import db

LOOK_SECONDS = 0.05
# After a look that failed: everybody looks for themselves, at a slower pace.
TROUBLE_SECONDS = 1.0
log = logging.getLogger("appliance.commits")


class Commits:
    """What one thread has seen. A connection of its own: a connection's own commits do not count."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._seen = -1

    def news(self) -> bool:
        """Whether there was a commit since the last time it was asked; at first, yes. For one thread only."""
        if self._connection is None:
            self._connection = db.engine().raw_connection()
            self._connection.detach()
        cursor = self._connection.cursor()
        ((version,),) = cursor.execute("PRAGMA data_version").fetchall()
        cursor.close()
        before, self._seen = self._seen, int(version)
        return before != self._seen

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection, self._seen = None, -1


class Bells:
    """One thread looks, and rings for all others of its process."""

    def __init__(self) -> None:
        self._bells: list[threading.Event] = []

    def bell(self) -> threading.Event:
        """Set at every commit, and at first; who waits for it clears it before looking."""
        made = threading.Event()
        made.set()
        self._bells.append(made)
        return made

    def ring(self) -> None:
        for bell in self._bells:
            bell.set()

    def watch(self, stop: threading.Event) -> None:
        """Until stopped. A look that fails rings, too: nothing may wait for a watch that sees nothing."""
        commits = Commits()
        try:
            while not stop.wait(LOOK_SECONDS):
                try:
                    if commits.news():
                        self.ring()
                except Exception:
                    log.exception("could not look for commits")
                    commits.close()
                    self.ring()
                    stop.wait(TROUBLE_SECONDS)
        finally:
            commits.close()
