"""As much of Python's database interface over APSW as SQLAlchemy asks of its SQLite driver: the engine of the product
runs on a disk of ours. Rows are read at once; nothing here is meant to be fast."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import apsw


class Driver:
    """Stands in for the module `sqlite3`; every file is opened on the disk `disk`."""

    paramstyle = "qmark"
    sqlite_version = apsw.sqlite_lib_version()
    sqlite_version_info = tuple(map(int, sqlite_version.split(".")))
    Binary = bytes
    Error = sqlite3.Error
    DatabaseError = sqlite3.DatabaseError
    IntegrityError = sqlite3.IntegrityError
    InterfaceError = sqlite3.InterfaceError
    OperationalError = sqlite3.OperationalError
    ProgrammingError = sqlite3.ProgrammingError

    def __init__(self, disk: str) -> None:
        self._disk = disk

    def connect(self, database: str, timeout: float = 5, **_: object) -> _Connection:
        return _Connection(apsw.Connection(database, vfs=self._disk), timeout)


class _Connection:
    isolation_level: str | None = None  # transactions are begun by hand

    def __init__(self, opened: apsw.Connection, timeout: float) -> None:
        self._opened = opened
        opened.set_busy_timeout(int(timeout * 1000))

    def cursor(self) -> _Cursor:
        return _Cursor(self._opened)

    def create_function(self, name: str, count: int, function: Callable[..., Any], deterministic: bool = False) -> None:
        self._opened.create_scalar_function(name, function, count, deterministic=deterministic)

    def commit(self) -> None:
        if self._opened.in_transaction:
            self.cursor().execute("COMMIT")

    def rollback(self) -> None:
        if self._opened.in_transaction:
            self.cursor().execute("ROLLBACK")

    def close(self) -> None:
        self._opened.close()


class _Cursor:
    arraysize = 1

    def __init__(self, opened: apsw.Connection) -> None:
        self._opened = opened
        self._rows: list[tuple[Any, ...]] = []
        self.description: list[tuple[Any, ...]] | None = None
        self.rowcount = -1
        self.lastrowid = 0

    def execute(self, statement: str, values: Sequence[Any] = ()) -> _Cursor:
        self.rowcount = self._run(statement, values)
        return self

    def executemany(self, statement: str, many: Iterable[Sequence[Any]]) -> _Cursor:
        self.rowcount = sum(self._run(statement, values) for values in many)
        return self

    def _run(self, statement: str, values: Sequence[Any]) -> int:
        cursor = self._opened.cursor()
        cursor.exec_trace = self._describe
        before = self._opened.total_changes()
        try:
            self._rows = list(cursor.execute(statement, tuple(values)))
        except apsw.ConstraintError as error:
            raise Driver.IntegrityError(str(error)) from error
        except apsw.Error as error:
            raise Driver.OperationalError(str(error)) from error
        finally:
            cursor.close()
        self.lastrowid = self._opened.last_insert_rowid()
        return self._opened.total_changes() - before

    def _describe(self, cursor: apsw.Cursor, _statement: str, _values: object) -> bool:
        # Only here are the names of columns told of a statement without rows.
        columns = cursor.get_description()
        self.description = [(name, *[None] * 6) for name, *_ in columns] or None
        return True

    def fetchone(self) -> tuple[Any, ...] | None:
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int = 1) -> list[tuple[Any, ...]]:
        taken, self._rows = self._rows[:size], self._rows[size:]
        return taken

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self.fetchmany(len(self._rows))

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.fetchall())

    def close(self) -> None:
        self._rows = []
