"""A box with a database of its own and one connection of the plain channel."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import tests.plain_channel as plain
from appliance import app, db, migrate, plugins
from appliance.config import Config
from appliance.models import Agent, Message, Ticket
from appliance.plugins import Found, Plugins
from appliance.services import connections, intake, plugin_failures
from appliance.services.journal import ConnectionJournal
from appliance.values import SYSTEM, Actor, RawUpdate


class Desk:
    """What a test does with the box: let people write, work what came, look at the rows."""

    def __init__(self) -> None:
        self.connection_id = connections.connect("plain", {"token": "t"}, "Support", SYSTEM).id
        self.journal = ConnectionJournal(self.connection_id, lambda: None)
        self.outside = plain.OUTSIDE
        with db.write() as session:
            agent = Agent(login="olga", name="Ольга", role="agent", password="-")
            session.add(agent)
            session.flush()
        self.agent = Actor("agent", agent.id, "agent", agent.name)

    def leave_rows(self, *rows: dict[str, Any] | bytes) -> None:
        """Commit rows to the journal, as a poller does."""
        made = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
        keys = [str(row.get("chat", "")) if isinstance(row, dict) else "" for row in rows]
        updates = [
            RawUpdate(raw, hashlib.sha256(raw).hexdigest()[:20], key) for raw, key in zip(made, keys, strict=True)
        ]
        self.journal.commit(updates, "1")

    def write(self, *rows: dict[str, Any] | bytes) -> None:
        """Rows come in and are read to the end."""
        self.leave_rows(*rows)
        while intake.read_new():
            pass

    def tickets(self) -> list[Ticket]:
        with db.session() as session:
            return list(session.scalars(select(Ticket).order_by(Ticket.id)))

    def messages(self, ticket_id: int | None = None) -> list[Message]:
        query = select(Message).order_by(Message.id)
        with db.session() as session:
            return list(session.scalars(query if ticket_id is None else query.where(Message.ticket_id == ticket_id)))

    def read(self) -> Session:
        return Session(db.engine())


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database at the newest schema, made once and copied for every test."""
    path = tmp_path_factory.mktemp("migrated") / "appliance.db"
    db.bind(path)
    migrate.upgrade()
    db.checkpoint()
    db.unbind()
    return path


@pytest.fixture
def desk(tmp_path: Path, migrated: Path) -> Iterator[Desk]:
    shutil.copy(migrated, tmp_path / "appliance.db")
    app.bind_doors(Config(data=tmp_path))
    loaded = Plugins(strict=True, report=plugin_failures.note)
    plugins.bind(loaded)
    loaded.load(app.DEFAULTS)
    loaded.add(plain, Found("plain", "tests.plain_channel", "1", "test"))
    plain.OUTSIDE.__init__()  # type: ignore[misc]  # a fresh world for every test
    yield Desk()
    app.unbind_doors()
