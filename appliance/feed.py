"""The feed: append events in the transaction that makes them true; follow them with a stored cursor.

SQLite commits writers one after another, so ids become visible in order and `after()` misses nothing. With several
writing machines (PostgreSQL) the appender must take an advisory lock first: see docs/decisions/0002.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.commits import Commits
from appliance.db import upsert
from appliance.models import Cursor, Event, now, table_of
from appliance.values import SYSTEM, Actor

log = logging.getLogger("appliance.feed")
WATCH_SECONDS = 0.15
# Built once: every message appends events, and composing a statement costs more than running it.
_ADD = insert(table_of(Event)).returning(table_of(Event).c.id)


def append(
    session: Session,
    kind: str,
    *,
    by: Actor = SYSTEM,
    ticket: int | None = None,
    message: int | None = None,
    cause: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> int:
    """Add an event to the caller's transaction; answers its id."""
    row = {
        "kind": kind,
        "ticket_id": ticket,
        "message_id": message,
        "actor_kind": by.kind,
        "actor_id": by.id,
        "cause_id": cause,
        "before": before or {},
        "after": after or {},
        "at": now(),
    }
    return int(session.connection().execute(_ADD, row).scalar_one())


def last_id() -> int:
    """The newest event's id, 0 when there is none."""
    with db.session() as session:
        return int(session.execute(select(func.max(Event.id))).scalar() or 0)


def after(event_id: int, limit: int = 500) -> list[Event]:
    """Events younger than `event_id`, oldest first."""
    with db.session() as session:
        query = select(Event).where(Event.id > event_id).order_by(Event.id).limit(limit)
        return list(session.scalars(query))


def position(consumer: str) -> int:
    """How far a consumer has come. A consumer seen for the first time starts at the beginning."""
    with db.session() as session:
        return int(session.scalar(select(Cursor.event_id).where(Cursor.consumer == consumer)) or 0)


def advance(session: Session, consumer: str, event_id: int) -> None:
    """Remember in the caller's transaction that a consumer has dealt with everything up to `event_id`."""
    statement = upsert(Cursor).values(consumer=consumer, event_id=event_id)
    session.execute(statement.on_conflict_do_update(index_elements=["consumer"], set_={"event_id": event_id}))


class Watcher:
    """Tells a process about new events: one look every 150 ms, and a query when there was a commit.

    Listeners are called with the events on the watcher's thread and must be quick."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[list[Event]], None]] = []
        self._companions: list[Callable[[], None]] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="feed", daemon=True)
        self.seen = 0
        self.beat = time.monotonic()

    def listen(self, listener: Callable[[list[Event]], None]) -> Callable[[], None]:
        """Add a listener; the answer removes it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def bring_along(self, look: Callable[[], None]) -> None:
        """Call `look` at every turn as well: for news that are no events. It must be quick."""
        self._companions.append(look)

    def start(self) -> None:
        self.seen = last_id()
        self._thread.start()

    def stop(self) -> None:
        """Returns once the last look is over."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def _follow(self) -> None:
        commits = Commits()
        try:
            while not self._stop.wait(WATCH_SECONDS):
                try:
                    if commits.news():
                        while self.look():
                            pass
                    for look in self._companions:
                        look()
                    self.beat = time.monotonic()
                except Exception:
                    # A disk that was full for a moment; if it lasts, the missing beat tells the supervisor.
                    log.exception("could not look for news")
                    commits.close()  # what it has seen is to be looked at again
        finally:
            commits.close()

    def look(self) -> int:
        """One look, answering how many events were new; public so that a test need not wait."""
        events = after(self.seen)
        if events:
            self.seen = events[-1].id
        for listener in list(self._listeners) if events else ():
            listener(events)
        return len(events)
