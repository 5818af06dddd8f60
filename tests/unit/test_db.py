"""The database door."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from appliance import db, feed, migrate, paths, revisions
from appliance.models import Address, Base, Connection, Event, Setting


@pytest.fixture(autouse=True)
def database(tmp_path: Path) -> Iterator[Path]:
    db.bind(tmp_path / "appliance.db")
    migrate.upgrade()
    yield tmp_path / "appliance.db"
    db.unbind()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("wal_autocheckpoint", 0),
        ("busy_timeout", 20000),
    ],
)
def test_every_connection_is_set_for_safety(pragma: str, value: object) -> None:
    with db.session() as session:
        assert session.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_an_exception_undoes_the_whole_block() -> None:
    with pytest.raises(ValueError, match="halfway"):
        _add_and_fail()
    with db.session() as session:
        assert session.get(Setting, "company") is None


def _add_and_fail() -> None:
    with db.write() as session:
        session.add(Setting(name="company", value="Romashka"))
        session.flush()
        raise ValueError("halfway")


def test_foreign_keys_hold() -> None:
    with pytest.raises(IntegrityError), db.write() as session:
        session.add(Address(connection_id=999, external_id="1", contact_id=999))


def test_writers_of_many_threads_take_turns() -> None:
    def add(number: int) -> None:
        for _ in range(10):
            with db.write() as session:
                feed.append(session, "x", after={"n": number})

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with db.session() as session:
        assert session.query(Event).count() == 80


def test_a_checkpoint_empties_the_log(database: Path) -> None:
    with db.write() as session:
        session.add(Connection(channel="x", title="y"))
    db.checkpoint()
    with db.session() as session:
        _, log, moved = session.execute(text("PRAGMA wal_checkpoint(PASSIVE)")).one()
    assert log == moved


def test_times_come_back_as_they_went_in() -> None:
    with db.write() as session:
        number = feed.append(session, "x")
        before = session.get_one(Event, number).at
    with db.session() as session:
        assert session.get_one(Event, number).at == before
        assert before.tzinfo is not None


def test_the_models_and_the_migrations_agree() -> None:
    with db.engine().connect() as connection:
        ours = MigrationContext.configure(connection, opts={"include_name": migrate.is_of_models})
        assert compare_metadata(ours, Base.metadata) == []
    assert not revisions.pending()


def test_the_newest_migration_is_the_one_alembic_finds() -> None:
    assert revisions.newest() == ScriptDirectory(str(paths.MIGRATIONS)).get_current_head()


def test_a_database_without_migrations_is_pending(tmp_path: Path) -> None:
    with db.engine().begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    assert revisions.reached() is None
    assert revisions.pending()
    (tmp_path / "versions").mkdir()
    assert revisions.newest(tmp_path) is None


def test_two_last_migrations_are_refused(tmp_path: Path) -> None:
    versions = tmp_path / "versions"
    versions.mkdir()
    for name, before in (("a", None), ("b", "a"), ("c", "a"), ("d", ("b", "c"))):
        (versions / f"{name}.py").write_text(f"revision = {name!r}\ndown_revision: object = {before!r}\n")
    assert revisions.newest(tmp_path) == "d"
    (versions / "d.py").unlink()
    with pytest.raises(ValueError, match="b, c"):
        revisions.newest(tmp_path)
