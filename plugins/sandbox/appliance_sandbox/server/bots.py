"""The bots the sandbox serves: token, names, what they asked to be told."""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
from dataclasses import dataclass
from typing import Any

from appliance_sandbox.server.database import Database
from appliance_sandbox.server.errors import ApiError

Json = dict[str, Any]
TOKEN = re.compile(r"[0-9]{1,19}:[A-Za-z0-9_-]{10,80}")
FIRST_UPDATE_ID = 730_000_001


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot as stored; `reads_groups` is its privacy mode turned off."""

    id: int
    token: str
    name: str
    username: str
    state: str
    reads_groups: bool

    def user(self) -> Json:
        """The bot as the User object that stands in its messages."""
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}


class Bots:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, token: str | None, name: str, username: str) -> Bot:
        """A new bot, or the known one when the token is known. ValueError for a malformed or foreign token."""
        token = token or _new_token(7_000_000_000 + secrets.randbelow(10**9))
        if not TOKEN.fullmatch(token):
            raise ValueError("a bot token looks like 123456789:ABC-def_123")
        if known := self._find("SELECT * FROM bots WHERE token = ?", token):
            return known
        bot_id = int(token.partition(":")[0])
        if self._find("SELECT * FROM bots WHERE id = ?", bot_id):
            raise ValueError(f"another bot already has the number {bot_id}")
        self._database.run(
            "INSERT INTO bots (id, token, name, username, next_update_id) VALUES (?, ?, ?, ?, ?)",
            bot_id, token, name, username, FIRST_UPDATE_ID,
        )  # fmt: skip
        return self.by_id(bot_id)

    def by_id(self, bot_id: int) -> Bot:
        """LookupError when there is none."""
        found = self._find("SELECT * FROM bots WHERE id = ?", bot_id)
        if not found:
            raise LookupError(f"no bot {bot_id}")
        return found

    def by_token(self, token: str) -> Bot:
        """Whose request this is; the answers a wrong token gets are the published ones."""
        if not TOKEN.fullmatch(token):
            raise ApiError(404, "Not Found")
        bot = self._find("SELECT * FROM bots WHERE token = ?", token)
        if not bot or bot.state == "revoked":
            raise ApiError(401, "Unauthorized")
        if bot.state == "logged_out":
            raise ApiError(400, "Logged out")
        return bot

    def all(self) -> list[Bot]:
        return [_bot(row) for row in self._database.rows("SELECT * FROM bots ORDER BY rowid")]

    def rename(self, bot_id: int, name: str, username: str) -> None:
        self._database.run("UPDATE bots SET name = ?, username = ? WHERE id = ?", name, username, bot_id)

    def set_state(self, bot_id: int, state: str) -> None:
        """`active`, `revoked` or `logged_out`."""
        self._database.run("UPDATE bots SET state = ? WHERE id = ?", state, bot_id)

    def renew(self, bot_id: int) -> Bot:
        """A new token; the old one is unknown from now on, and what waits for the bot goes on waiting."""
        self._database.run("UPDATE bots SET token = ?, state = 'active' WHERE id = ?", _new_token(bot_id), bot_id)
        return self.by_id(bot_id)

    def set_reads_groups(self, bot_id: int, reads: bool) -> None:
        self._database.run("UPDATE bots SET reads_groups = ? WHERE id = ?", reads, bot_id)

    def allowed_updates(self, bot_id: int) -> list[str]:
        row = self._database.row("SELECT allowed_updates FROM bots WHERE id = ?", bot_id)
        return list(json.loads(row["allowed_updates"])) if row else []

    def allow_updates(self, bot_id: int, kinds: list[str]) -> None:
        self._database.run("UPDATE bots SET allowed_updates = ? WHERE id = ?", json.dumps(kinds), bot_id)

    def webhook(self, bot_id: int) -> Json | None:
        row = self._database.row("SELECT webhook FROM bots WHERE id = ?", bot_id)
        return json.loads(row["webhook"]) if row and row["webhook"] else None

    def set_webhook(self, bot_id: int, webhook: Json | None) -> None:
        self._database.run("UPDATE bots SET webhook = ? WHERE id = ?", json.dumps(webhook) if webhook else None, bot_id)

    def replace_webhook(self, bot_id: int, old: Json, new: Json) -> None:
        """Keep `new` where `old` is still what is kept."""
        self._database.run(
            "UPDATE bots SET webhook = ? WHERE id = ? AND webhook = ?", json.dumps(new), bot_id, json.dumps(old)
        )

    def _find(self, sql: str, value: object) -> Bot | None:
        row = self._database.row(sql, value)
        return _bot(row) if row else None


def _new_token(bot_id: int) -> str:
    return f"{bot_id}:{secrets.token_urlsafe(27)[:35]}"


def _bot(row: sqlite3.Row) -> Bot:
    return Bot(row["id"], row["token"], row["name"], row["username"], row["state"], bool(row["reads_groups"]))
