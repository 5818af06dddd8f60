"""The door to the database: `session()` to read, `write()` to change. Inert until `bind()`.

SQLite rules (docs/decisions/0003): WAL, FULL, foreign keys on; writers start with BEGIN IMMEDIATE behind one
in-process lock, because a read that turns into a write fails with SQLITE_BUSY_SNAPSHOT and waiting writers are
unfair. No network and no hook inside `write()`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text

# INSERT … ON CONFLICT is no common SQL; a door to another database brings its own, with the same methods.
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

__all__ = ["NotBound", "bind", "checkpoint", "engine", "session", "unbind", "upsert", "write"]
BUSY_MS = 20_000
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_MS}",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-8000",
    # Checkpoints run only in checkpoint(), while it holds the write lock: SQLite before 3.51.3 can corrupt
    # the database when one overlaps a commit that resets the log.
    "PRAGMA wal_autocheckpoint=0",
)


class NotBound(RuntimeError):
    """The database was asked before create_app (or a test) bound it."""


class _Door:
    engine: Engine | None = None
    lock = threading.RLock()


def bind(database: Path, driver: Any = None) -> Engine:
    """Open the database file (made if missing). Called once a process, by create_app or migrate.

    `driver`: another DB-API module than Python's own sqlite3, such as one that watches what reaches the disk."""
    unbind()
    engine = create_engine(
        f"sqlite:///{database}",
        module=driver,
        pool_size=24,
        max_overflow=60,
        pool_timeout=30,
        connect_args={"check_same_thread": False, "timeout": BUSY_MS / 1000},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    _Door.engine = engine
    return engine


def unbind() -> None:
    if _Door.engine is not None:
        _Door.engine.dispose()
        _Door.engine = None


def engine() -> Engine:
    if _Door.engine is None:
        raise NotBound("the database is not bound")
    return _Door.engine


@contextmanager
def session() -> Iterator[Session]:
    """A read session: sees one moment; anything changed in it is rolled back."""
    with Session(engine(), expire_on_commit=False, autoflush=False) as opened:
        yield opened


@contextmanager
def write() -> Iterator[Session]:
    """One short transaction: commits at the end of the block, rolls back on an exception."""
    with (
        _Door.lock,
        engine().execution_options(sqlite_begin="BEGIN IMMEDIATE").connect() as connection,
        Session(connection, expire_on_commit=False) as opened,
        opened.begin(),
    ):
        yield opened


def checkpoint() -> None:
    """Move the log into the database while nobody can commit. Called by one thread of one process."""
    with _Door.lock, engine().execution_options(sqlite_begin="BEGIN IMMEDIATE").connect() as guard:
        guard.execute(text("SELECT 1"))
        raw = engine().raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").close()
        finally:
            raw.close()
        guard.rollback()


def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions begin in _begin
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    options: dict[str, Any] = dict(connection.get_execution_options())
    connection.exec_driver_sql(str(options.get("sqlite_begin", "BEGIN")))
