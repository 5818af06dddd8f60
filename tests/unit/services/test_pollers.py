"""The services of connections follow their settings."""

from __future__ import annotations

import queue
from typing import Any

import pytest

from appliance import db
from appliance.models import Connection
from appliance.services import connections, secrets
from appliance.services.pollers import Pollers
from tests.unit.services.conftest import Desk


def test_a_token_changed_by_another_process_is_served_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    served: queue.Queue[str] = queue.Queue()

    def serve(connection: Any, _journal: object, stop: Any) -> None:
        served.put(connection.settings["token"])
        stop.wait()

    monkeypatch.setattr(connections.channel_of(desk.connection_id), "serve", serve)
    pollers = Pollers(lambda: None)
    try:
        pollers.look()
        assert served.get(timeout=10) == "t"
        connections.info(desk.connection_id)  # some other thread has just asked
        with db.write() as session:
            session.get_one(Connection, desk.connection_id).secrets = secrets.encrypt({"token": "another"})
        pollers.look()
        assert served.get(timeout=10) == "another"
    finally:
        pollers.stop()
