"""A box that many requests may change: after each it can be made as it was, which takes milliseconds."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from appliance import db

# The log of the database grows with each time the box is put back.
FOLD_EVERY = 25


class KeptBox:
    """The database as it stood when this was made."""

    def __init__(self, database: Path) -> None:
        self._live = sqlite3.connect(database, isolation_level=None, timeout=20)
        # Nothing of it has to outlive the test.
        self._live.execute("PRAGMA synchronous=OFF")
        self._kept = sqlite3.connect(":memory:")
        self._live.backup(self._kept)
        self._rows = self._read(self._kept)
        self._seen = self._version()
        self._times = 0

    def close(self) -> None:
        self._live.close()
        self._kept.close()

    def changed(self) -> list[str]:
        """The tables that hold something else than they did; the box is put back."""
        if self._version() == self._seen:
            return []
        now = self._read(self._live)
        self.put_back()
        return sorted(name for name in now if now[name] != self._rows.get(name))

    def put_back(self) -> None:
        if self._version() == self._seen:
            return
        self._kept.backup(self._live)
        self._times += 1
        if self._times % FOLD_EVERY == 0:
            db.checkpoint()
        self._seen = self._version()

    def _version(self) -> int:
        """Another one after each commit of anybody else."""
        return int(self._live.execute("PRAGMA data_version").fetchone()[0])

    @staticmethod
    def _read(database: sqlite3.Connection) -> Mapping[str, list[tuple[object, ...]]]:
        plain = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        names = [name for (name,) in database.execute(plain)]
        return {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
