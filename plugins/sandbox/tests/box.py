"""A box on a folder of its own, with an owner who is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from appliance import SYSTEM
from appliance.app import close_app, create_app
from appliance.config import Config
from appliance.schema import bring_up_to_date
from appliance.services import agents, settings, sign_in
from appliance.web.cookies import SIGN_IN
from tests.harness.templates import keep_compiled


@dataclass(frozen=True, slots=True)
class OpenBox:
    app: Flask
    token: str

    def client(self) -> FlaskClient:
        """A browser of the owner's."""
        client = self.app.test_client()
        client.set_cookie(SIGN_IN, self.token)
        return client

    def switch_on(self, port: int) -> None:
        settings.set("sandbox.port", str(port), SYSTEM)
        settings.set("sandbox.enabled", "1", SYSTEM)


@contextmanager
def opened_box(data: Path) -> Iterator[OpenBox]:
    config = Config(data=data)
    bring_up_to_date(config)
    app = keep_compiled(create_app(config, strict=True))
    try:
        owner = agents.add("owner", "Olga", "owner", "a long enough password", SYSTEM, "en")
        yield OpenBox(app, sign_in.begin(owner, "127.0.0.1", "test"))
    finally:
        close_app(app)
