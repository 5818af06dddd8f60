"""What a bot says of itself, per language and scope: name, descriptions, commands, photo."""

from __future__ import annotations

import json
from typing import Any

from appliance_sandbox.server.database import Database


class Settings:
    """JSON values by (bot, name, scope, language); the empty language serves all that have none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, bot_id: int, name: str, language: str = "", scope: str = "") -> Any:
        """None when it was never set, for this language nor for all."""
        row = self._database.row(
            "SELECT value FROM settings WHERE bot_id = ? AND name = ? AND scope = ? AND language IN ('', ?)"
            " ORDER BY language DESC LIMIT 1",
            bot_id, name, scope, language,
        )  # fmt: skip
        return json.loads(row["value"]) if row else None

    def write(self, bot_id: int, name: str, value: Any, language: str = "", scope: str = "") -> None:
        """An empty value forgets."""
        self._database.run(
            "DELETE FROM settings WHERE bot_id = ? AND name = ? AND scope = ? AND language = ?",
            bot_id, name, scope, language,
        )  # fmt: skip
        if value:
            self._database.run(
                "INSERT INTO settings (bot_id, name, scope, language, value) VALUES (?, ?, ?, ?, ?)",
                bot_id, name, scope, language, json.dumps(value),
            )  # fmt: skip
