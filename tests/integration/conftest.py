"""The whole app with its plugins and the plain channel, asked as a browser asks it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import tests.plain_channel as plain
from appliance import app as factory
from appliance import schema
from appliance.config import Config
from appliance.plugins import Found, plugins
from appliance.services import agents, sign_in
from appliance.values import SYSTEM
from appliance.web import cookies
from tests.harness.templates import keep_compiled

PASSWORD = "correct horse"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Visitor:
    """A browser: keeps cookies, and sends a form's token along as a page's form does."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.form_page = "/login"

    def get(self, address: str, **options: Any) -> TestResponse:
        """Read to the end, so that a file is closed again."""
        return self.client.get(address, buffered=True, **options)

    def post(self, address: str, page: str = "", **fields: str) -> TestResponse:
        """Open `page`, then send its form with these fields."""
        token = _TOKEN.search(self.get(page or self.form_page, follow_redirects=True).text)
        assert token is not None, f"no form at {page or self.form_page}"
        return self.client.post(address, data={"csrf_token": token[1], **fields})

    def cookie(self, name: str) -> str:
        found = self.client.get_cookie(name)
        return found.value if found else ""


class Site:
    """One box; `visitor()` is somebody new, `staff(role)` somebody signed in."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.outside = plain.OUTSIDE

    def visitor(self) -> Visitor:
        return Visitor(self.app.test_client())

    def staff(self, role: str = "owner", login: str = "") -> Visitor:
        login = login or role
        known = agents.find(login)
        agent_id = known.id if known else agents.add(login, login.title(), role, PASSWORD, SYSTEM)
        visitor = self.visitor()
        visitor.client.set_cookie(cookies.SIGN_IN, sign_in.begin(agent_id, "", "test"))
        visitor.form_page = "/me/"
        return visitor


@pytest.fixture(scope="session")
def first_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as the first start makes it; copied for each test, because making it takes the longest."""
    config = Config(data=tmp_path_factory.mktemp("first") / "data")
    schema.bring_up_to_date(config)
    factory.unbind_doors()
    return config.data


@pytest.fixture
def fresh(first_data: Path, tmp_path: Path) -> Iterator[Site]:
    """A box that belongs to nobody yet."""
    config = Config(data=Path(shutil.copytree(first_data, tmp_path / "data")))
    app = keep_compiled(factory.create_app(config, strict=True))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    plugins().add(plain, Found("plain", "tests.plain_channel", "1", "test"))
    plain.OUTSIDE.__init__()  # type: ignore[misc]  # a fresh world for every test
    yield Site(app)
    factory.close_app(app)


@pytest.fixture
def site(fresh: Site) -> Site:
    """A box with an owner."""
    agents.add("boss", "The Boss", "owner", PASSWORD, SYSTEM)
    return fresh
