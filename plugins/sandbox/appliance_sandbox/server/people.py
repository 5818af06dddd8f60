"""The customers of the sandbox, as the messenger knows them."""

from __future__ import annotations

import json
import secrets
from typing import Any

from appliance_sandbox.server.database import Database

Json = dict[str, Any]
NAMES = ("first_name", "last_name", "username", "language_code")


class People:
    """User objects by id: `{"id", "is_bot": false, "first_name", …}`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, person_id: int | None = None, **names: str) -> Json:
        """A new customer, or a known one with new names; `names` are those of `NAMES`."""
        person_id = person_id or 5_000_000_000 + secrets.randbelow(10**9)
        person = {"id": person_id, "is_bot": False, "first_name": "Customer"}
        person |= {name: names[name] for name in NAMES if names.get(name)}
        self._database.run(
            "INSERT INTO people (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            person_id, json.dumps(person),
        )  # fmt: skip
        return person

    def get(self, person_id: int) -> Json:
        """LookupError when there is none."""
        row = self._database.row("SELECT body FROM people WHERE id = ?", person_id)
        if not row:
            raise LookupError(f"no customer {person_id}")
        return dict(json.loads(row["body"]))

    def all(self) -> list[Json]:
        return [json.loads(row["body"]) for row in self._database.rows("SELECT body FROM people ORDER BY rowid")]

    def deactivate(self, person_id: int) -> None:
        """Their account is gone: whoever writes to it is refused."""
        self._database.run("UPDATE people SET deactivated = 1 WHERE id = ?", person_id)

    def is_deactivated(self, person_id: int) -> bool:
        row = self._database.row("SELECT deactivated FROM people WHERE id = ?", person_id)
        return bool(row and row["deactivated"])
