"""The update journal: rows and the service's mark in one commit, before anything is acknowledged."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from appliance import db, feed, queue
from appliance.db import upsert
from appliance.models import Connection, InboundUpdate, now
from appliance.services import outages
from appliance.values import Json, RawUpdate

ALIVE_SECONDS = 20.0
KEEP_DAYS = 30
# The reason of a row that is in line once more: its placeholder makes way for what it turns out to be.
AGAIN = "again"


class ConnectionJournal:
    """What a channel's service is given for one connection; implements values.Journal.

    `arrived` is called after each commit that brought rows, so that reading starts at once."""

    def __init__(self, connection_id: int, arrived: Callable[[], None]) -> None:
        self._connection_id = connection_id
        self._arrived = arrived
        self._alive_noted = 0.0
        self._troubled = True

    def position(self) -> str:
        with db.session() as session:
            query = select(Connection.position).where(Connection.id == self._connection_id)
            return session.scalar(query) or ""

    def commit(self, updates: Sequence[RawUpdate], position: str) -> None:
        with db.write() as session:
            _insert(session, self._connection_id, updates)
            session.execute(update(Connection).where(Connection.id == self._connection_id).values(position=position))
        if updates:
            self._arrived()

    def alive(self) -> None:
        if not self._troubled and time.monotonic() - self._alive_noted < ALIVE_SECONDS:
            return
        with db.write() as session:
            connection = session.get_one(Connection, self._connection_id)
            if connection.trouble_code or connection.alive_at is None:
                feed.append(session, "connection_changed", after={"connection": connection.id, "well": True})
            moment = now()
            outages.note(session, connection, moment)
            connection.alive_at = moment
            connection.trouble_code, connection.trouble_params, connection.trouble_since = "", {}, None
            unknown = connection.verified_at is None
        if unknown:
            queue.wake("verify", self._connection_id)
        self._troubled = False
        self._alive_noted = time.monotonic()

    def trouble(self, code: str, params: Json | None = None) -> None:
        self._troubled = True
        with db.write() as session:
            connection = session.get_one(Connection, self._connection_id)
            if connection.trouble_code == code:
                return
            connection.trouble_code, connection.trouble_params = code, dict(params or {})
            connection.trouble_since = connection.trouble_since or now()
            feed.append(session, "connection_changed", after={"connection": connection.id, "trouble": code})


def store(connection_id: int, updates: Sequence[RawUpdate]) -> None:
    """What came without being asked for; when it returns the rows survive a power cut. The same row twice is one."""
    with db.write() as session:
        _insert(session, connection_id, updates)


def _insert(session: Session, connection_id: int, updates: Sequence[RawUpdate]) -> None:
    if updates:
        rows = [_row(connection_id, item) for item in updates]
        session.execute(upsert(InboundUpdate).on_conflict_do_nothing(), rows)


def _row(connection_id: int, item: RawUpdate) -> dict[str, object]:
    return {
        "connection_id": connection_id,
        "external_id": _storable(item.external_id)[:64],
        "content_hash": hashlib.sha256(item.raw).hexdigest(),
        "chat_key": _storable(item.chat_key)[:160],
        "raw": item.raw,
        "state": "new",
        "reason": "",
        "received_at": now(),
    }


def _storable(text: str) -> str:
    """What a database cannot hold (half of a letter, a NUL) must not keep a whole batch out of the journal."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def replay(connection_id: int | None = None) -> int:
    """Put unread rows back in line, after a fix; answers how many. They are read by the worker as if new."""
    statement = update(InboundUpdate).where(InboundUpdate.state == "failed").values(state="new", reason=AGAIN)
    if connection_id is not None:
        statement = statement.where(InboundUpdate.connection_id == connection_id)
    with db.write() as session:
        return int(session.execute(statement).rowcount)  # type: ignore[attr-defined]  # a CursorResult


def prune(days: int = KEEP_DAYS) -> None:
    """Forget rows that were read long ago; what could not be read stays."""
    old = now() - timedelta(days=days)
    with db.write() as session:
        session.execute(
            delete(InboundUpdate).where(InboundUpdate.state.in_(("read", "ignored")), InboundUpdate.received_at < old)
        )
