"""The sandbox's own SQLite file: one connection, one lock, plain SQL."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS bots (
    id INTEGER PRIMARY KEY, token TEXT NOT NULL UNIQUE, name TEXT NOT NULL, username TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'active', reads_groups INTEGER NOT NULL DEFAULT 0,
    next_update_id INTEGER NOT NULL, allowed_updates TEXT NOT NULL DEFAULT '[]', webhook TEXT);
CREATE TABLE IF NOT EXISTS settings (
    bot_id INTEGER NOT NULL, name TEXT NOT NULL, scope TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '',
    value TEXT NOT NULL, PRIMARY KEY (bot_id, name, scope, language));
CREATE TABLE IF NOT EXISTS people (id INTEGER PRIMARY KEY, body TEXT NOT NULL, deactivated INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS chats (id INTEGER PRIMARY KEY, body TEXT NOT NULL, migrated_to INTEGER);
CREATE TABLE IF NOT EXISTS members (
    chat_id INTEGER NOT NULL, person_id INTEGER NOT NULL, PRIMARY KEY (chat_id, person_id));
CREATE TABLE IF NOT EXISTS seats (
    bot_id INTEGER NOT NULL, chat_id INTEGER NOT NULL, state TEXT NOT NULL, last_message_id INTEGER NOT NULL DEFAULT 0,
    keyboard TEXT, action TEXT, action_at REAL, cleared INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (bot_id, chat_id));
CREATE TABLE IF NOT EXISTS messages (
    bot_id INTEGER NOT NULL, chat_id INTEGER NOT NULL, message_id INTEGER NOT NULL, by_bot INTEGER NOT NULL,
    body TEXT NOT NULL, reactions TEXT NOT NULL DEFAULT '{}', deleted INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (bot_id, chat_id, message_id));
CREATE TABLE IF NOT EXISTS files (
    file_id TEXT PRIMARY KEY, unique_id TEXT NOT NULL, bot_id INTEGER NOT NULL, kind TEXT NOT NULL,
    path TEXT NOT NULL, size INTEGER NOT NULL, body TEXT NOT NULL, UNIQUE (bot_id, path));
CREATE TABLE IF NOT EXISTS updates (
    bot_id INTEGER NOT NULL, update_id INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (bot_id, update_id));
CREATE TABLE IF NOT EXISTS presses (
    id TEXT PRIMARY KEY, bot_id INTEGER NOT NULL, chat_id INTEGER NOT NULL, at REAL NOT NULL, answer TEXT);
CREATE TABLE IF NOT EXISTS requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT, bot_id INTEGER NOT NULL, method TEXT NOT NULL, chat_id TEXT,
    parameters TEXT NOT NULL, at REAL NOT NULL, fault TEXT);
CREATE INDEX IF NOT EXISTS requests_by_bot ON requests (bot_id, lower(method), at);
"""

# Columns that tables of an older release lack.
ADDED = (("seats", "cleared", "INTEGER NOT NULL DEFAULT 0"),)


class Database:
    """Rows in, rows out. Every call holds `lock`; `transaction` holds it for its whole block.

    One shared connection is enough: the work per call is microseconds, and a simulator may lose its last
    second when the power goes, hence `synchronous=OFF`.
    """

    def __init__(self, path: str) -> None:
        self.lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=OFF")
        self._connection.executescript(SCHEMA)
        self._add_missing_columns()

    def _add_missing_columns(self) -> None:
        """A file of an older release keeps its customers."""
        for table, column, kind in ADDED:
            known = {row["name"] for row in self._connection.execute(f"PRAGMA table_info({table})")}
            if column not in known:
                self._connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")

    def run(self, sql: str, *values: Any) -> int:
        """Change rows; answers how many."""
        with self.lock:
            return self._connection.execute(sql, values).rowcount

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        with self.lock:
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> sqlite3.Row | None:
        found = self.rows(sql, *values)
        return found[0] if found else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; a transaction inside another one joins it."""
        with self.lock:
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def close(self) -> None:
        with self.lock:
            self._connection.close()
