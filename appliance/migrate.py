"""Bring the database to its newest schema: the core first, then each plugin that keeps tables.

Runs before any process serves, under the caller's run lock. Foreign keys are off while tables are rebuilt:
with them on, Alembic's batch mode deletes child rows through ON DELETE CASCADE (measured).
"""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from appliance import db, paths
from appliance.models import Base
from appliance.revisions import CORE_TABLE


def is_of_models(name: str | None, kind: str, _parents: object) -> bool:
    """Alembic's `include_name`: the search's own tables are no model's."""
    return kind != "table" or not (name or "").startswith("search_text")


class MigrationError(Exception):
    """The database was left as it was."""


def upgrade(folder: Path = paths.MIGRATIONS, version_table: str = CORE_TABLE) -> str:
    """Run the missing migrations of one folder in one transaction; answers the revision now reached."""
    with db.engine().connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.rollback()
        try:
            with connection.execution_options(sqlite_begin="BEGIN IMMEDIATE").begin():
                reached = _run(connection, _scripts(folder), version_table)
                _check_foreign_keys(connection)
        finally:
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
            connection.rollback()
    return reached


def _scripts(folder: Path) -> ScriptDirectory:
    config = AlembicConfig()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    return ScriptDirectory.from_config(config)


def _run(connection: Connection, scripts: ScriptDirectory, version_table: str) -> str:
    config = AlembicConfig()

    def steps(revision: object, context: MigrationContext) -> list[object]:
        return list(scripts._upgrade_revs("head", revision))  # type: ignore[arg-type]

    environment = EnvironmentContext(config, scripts, fn=steps)
    environment.configure(
        connection=connection,
        target_metadata=Base.metadata,
        version_table=version_table,
        render_as_batch=True,
        transaction_per_migration=False,
    )
    context = environment.get_context()
    with Operations.context(context), environment:
        context.run_migrations()
    return str(context.get_current_revision() or "")


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.execute(text("PRAGMA foreign_key_check")).first()
    if broken is not None:
        raise MigrationError(f"the migration would leave orphans in table {broken[0]}; nothing was changed")
