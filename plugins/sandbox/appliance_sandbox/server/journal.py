"""What the bots asked for: every request with its parameters, without the bytes of files."""

from __future__ import annotations

import json
import time
from typing import Any

from appliance_sandbox.server.database import Database
from appliance_sandbox.server.rates import counts

KEPT = 50_000  # requests; older ones are forgotten


class Journal:
    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, bot_id: int, method: str, parameters: dict[str, Any], fault: str | None) -> None:
        chat_id = parameters.get("chat_id")
        self._database.run(
            "INSERT INTO requests (bot_id, method, chat_id, parameters, at, fault) VALUES (?, ?, ?, ?, ?, ?)",
            bot_id, method, None if chat_id is None else str(chat_id), json.dumps(parameters), time.time(), fault,
        )  # fmt: skip
        self._database.run("DELETE FROM requests WHERE id <= (SELECT max(id) FROM requests) - ?", KEPT)

    def sendings(self, bot_id: int = 0, chat_id: str = "") -> list[dict[str, Any]]:
        """Every request by which a bot spoke or changed what it said: `{"at", "method", "chat_id", "refused"}`."""
        rows = self._database.rows(
            "SELECT at, method, chat_id, fault FROM requests WHERE ? IN (0, bot_id) AND ? IN ('', chat_id)"
            " AND chat_id IS NOT NULL ORDER BY id",
            bot_id, chat_id,
        )  # fmt: skip
        said = [row for row in rows if counts(row["method"])]
        return [
            {"at": row["at"], "method": row["method"], "chat_id": row["chat_id"], "refused": row["fault"] is not None}
            for row in said
        ]

    def list(self, method: str = "", after: int = 0, bot_id: int = 0, limit: int = 1000) -> list[dict[str, Any]]:
        """Oldest first; `after` is the id of the last one already seen."""
        rows = self._database.rows(
            "SELECT * FROM requests WHERE id > ? AND ? IN ('', method) AND ? IN (0, bot_id) ORDER BY id LIMIT ?",
            after, method, bot_id, limit,
        )  # fmt: skip
        return [{**dict(row), "parameters": json.loads(row["parameters"])} for row in rows]

    def last_poll(self, bot_id: int) -> float | None:
        """When a bot last asked for updates."""
        row = self._database.row(
            "SELECT max(at) AS at FROM requests WHERE bot_id = ? AND lower(method) = 'getupdates'", bot_id
        )
        return row["at"] if row else None

    def clear(self) -> None:
        self._database.run("DELETE FROM requests")
