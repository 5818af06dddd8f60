"""Which schema the database has, and which one this release wants.

Every start of a process asks. It is read from the migrations' own lines, because Alembic, which runs them
(migrate.py), takes a quarter of a second to import and is needed once a release.
"""

from __future__ import annotations

import ast
from pathlib import Path

from sqlalchemy import column, inspect, select, table

from appliance import db, paths

CORE_TABLE = "alembic_version"


def pending(folder: Path = paths.MIGRATIONS, version_table: str = CORE_TABLE) -> bool:
    """Whether the database is older than the release."""
    return reached(version_table) != newest(folder)


def reached(version_table: str = CORE_TABLE) -> str | None:
    """The revision the database is at; None before its first migration."""
    with db.engine().connect() as connection:
        if not inspect(connection).has_table(version_table):
            return None
        return connection.execute(select(column("version_num")).select_from(table(version_table))).scalar()


def newest(folder: Path = paths.MIGRATIONS) -> str | None:
    """The revision that no other one follows; None without any. Raises ValueError when there are several."""
    known: set[str] = set()
    followed: set[str] = set()
    for file in (folder / "versions").glob("*.py"):
        names = _assigned(file)
        known.update(names["revision"])
        followed.update(names["down_revision"])
    heads = sorted(known - followed)
    if len(heads) > 1:
        raise ValueError(f"several migrations in {folder} claim to be the last: {', '.join(heads)}")
    return heads[0] if heads else None


def _assigned(file: Path) -> dict[str, tuple[str, ...]]:
    """`revision` and `down_revision` of a migration, without running it."""
    found = {}
    for statement in ast.parse(file.read_text(encoding="utf-8")).body:
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
            continue
        for target in statement.targets if isinstance(statement, ast.Assign) else (statement.target,):
            if isinstance(target, ast.Name) and target.id in ("revision", "down_revision"):
                value = ast.literal_eval(statement.value)
                found[target.id] = (value,) if isinstance(value, str) else tuple(value or ())
    return found
