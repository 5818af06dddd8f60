"""The desk over HTTP, with people who write through the plain channel."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

import tests.plain_channel as plain
from appliance import app as appliance_app
from appliance import db, migrate, plugins
from appliance.config import Config
from appliance.models import Agent, Message
from appliance.plugins import Found
from appliance.services import agents, connections, intake, sign_in
from appliance.services.journal import ConnectionJournal
from appliance.values import SYSTEM, Actor, RawUpdate
from appliance.web.cookies import SIGN_IN
from tests.harness.templates import keep_compiled

HTMX = {"HX-Request": "true"}


class Browser:
    """A signed-in agent's browser; posts carry the page's token."""

    def __init__(self, app: Flask, login: str, role: str) -> None:
        self.agent_id = agents.add(login, login.title(), role, "a long enough phrase", SYSTEM, "en")
        self.actor = Actor("agent", self.agent_id, role, login.title())  # type: ignore[arg-type]
        self.client: FlaskClient = app.test_client()
        self.client.set_cookie(SIGN_IN, sign_in.begin(self.agent_id, "127.0.0.1", "test"))
        page = self.client.get("/inbox").get_data(as_text=True)
        self.token = page.partition('name="csrf-token" content="')[2].partition('"')[0]

    def get(self, address: str, **headers: str) -> TestResponse:
        """Read to its end, as a browser does; `If_Range="…"` becomes a header."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(address, headers=named, buffered=True)

    def fragment(self, address: str) -> TestResponse:
        return self.client.get(address, headers=HTMX)

    def post(self, address: str, **fields: Any) -> TestResponse:
        return self.client.post(address, data=fields, headers={**HTMX, "X-CSRFToken": self.token})

    def upload(self, content: bytes, name: str, mime: str, **fields: str) -> TestResponse:
        # Encoded here: for a large file the client would leave a temporary one open.
        file = FileStorage(io.BytesIO(content), name, content_type=mime)
        boundary, body = encode_multipart({"file": file, **fields})
        return self.client.post(
            "/uploads",
            data=body,
            content_type=f"multipart/form-data; boundary={boundary}",
            headers={**HTMX, "X-CSRFToken": self.token},
        )


class House:
    """The box, and the customers outside."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        connection_id = connections.connect("plain", {"token": "t"}, "Support", SYSTEM).id
        self.journal = ConnectionJournal(connection_id, lambda: None)

    def write(self, *rows: dict[str, Any]) -> None:
        made = [json.dumps(row).encode() for row in rows]
        self.journal.commit([RawUpdate(raw, hashlib.sha256(raw).hexdigest()[:20]) for raw in made], "1")
        while intake.read_new():
            pass

    def hire(self, login: str, role: str = "agent") -> Browser:
        return Browser(self.app, login, role)

    def last_message(self) -> Message:
        with db.session() as session:
            return session.scalars(select(Message).order_by(Message.id.desc()).limit(1)).one()

    def agent_names(self) -> list[str]:
        with db.session() as session:
            return list(session.scalars(select(Agent.name)))


@pytest.fixture(scope="session")
def empty_box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder at the newest schema, to be copied: migrating takes longer than most tests."""
    folder = tmp_path_factory.mktemp("empty")
    appliance_app.bind_doors(Config(data=folder))
    migrate.upgrade()
    appliance_app.unbind_doors()
    return folder


@pytest.fixture
def house(tmp_path: Path, empty_box: Path) -> Iterator[House]:
    shutil.copytree(empty_box, tmp_path, dirs_exist_ok=True)
    config = Config(data=tmp_path)
    app = keep_compiled(appliance_app.create_app(config))
    plugins.plugins().add(plain, Found("plain", "tests.plain_channel", "1", "test"))
    plain.OUTSIDE.__init__()  # type: ignore[misc]  # a fresh world for every test
    yield House(app)
    appliance_app.close_app(app)


@pytest.fixture
def owner(house: House) -> Browser:
    return house.hire("petra", "owner")
