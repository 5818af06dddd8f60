"""Messages of every chat, stored whole as the API would show them."""

from __future__ import annotations

import json
import sqlite3
import time
from dataclasses import dataclass, field
from typing import Any

from appliance_sandbox.server.database import Database

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """A message, who wrote it, and the reactions on it by whose they are ("bot" or a customer's id)."""

    body: Json
    by_bot: bool
    reactions: dict[str, list[Json]] = field(default_factory=dict)
    deleted: bool = False


class Messages:
    """Ids rise by one within a bot's chat, over both sides, and start at 1 in each chat."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, bot_id: int, chat: Json, author: Json, content: Json, by_bot: bool) -> Json:
        """Store a new message; answers the Message object. The bot must have a seat in the chat."""
        with self._database.transaction():
            self._database.run(
                "UPDATE seats SET last_message_id = last_message_id + 1, action = NULL"
                " WHERE bot_id = ? AND chat_id = ?",
                bot_id, chat["id"],
            )  # fmt: skip
            message_id = self._last_id(bot_id, chat["id"])
            head = {"message_id": message_id, "from": author, "chat": chat, "date": int(time.time())}
            body = {**head, **content}
            self._database.run(
                "INSERT INTO messages (bot_id, chat_id, message_id, by_bot, body) VALUES (?, ?, ?, ?, ?)",
                bot_id, chat["id"], message_id, by_bot, json.dumps(body),
            )  # fmt: skip
        return body

    def get(self, bot_id: int, chat_id: int, message_id: int) -> Stored | None:
        """None for a message that never was or was deleted."""
        row = self._database.row(
            "SELECT * FROM messages WHERE bot_id = ? AND chat_id = ? AND message_id = ? AND NOT deleted",
            bot_id, chat_id, message_id,
        )  # fmt: skip
        return _stored(row) if row else None

    def last(self, bot_id: int, chat_id: int, limit: int) -> list[Stored]:
        """The newest messages of a chat, oldest first, deleted ones included."""
        rows = self._database.rows(
            "SELECT * FROM messages WHERE bot_id = ? AND chat_id = ? ORDER BY message_id DESC LIMIT ?",
            bot_id, chat_id, limit,
        )  # fmt: skip
        return [_stored(row) for row in reversed(rows)]

    def replace(self, bot_id: int, body: Json) -> None:
        self._database.run(
            "UPDATE messages SET body = ? WHERE bot_id = ? AND chat_id = ? AND message_id = ?",
            json.dumps(body), bot_id, body["chat"]["id"], body["message_id"],
        )  # fmt: skip

    def react(self, bot_id: int, chat_id: int, message_id: int, whose: str, reactions: list[Json]) -> None:
        self._database.run(
            "UPDATE messages SET reactions = json_set(reactions, ?, json(?))"
            " WHERE bot_id = ? AND chat_id = ? AND message_id = ?",
            f'$."{whose}"', json.dumps(reactions), bot_id, chat_id, message_id,
        )  # fmt: skip

    def delete(self, bot_id: int, chat_id: int, message_id: int) -> bool:
        """False when there was nothing to delete."""
        deleted = self._database.run(
            "UPDATE messages SET deleted = 1 WHERE bot_id = ? AND chat_id = ? AND message_id = ? AND NOT deleted",
            bot_id, chat_id, message_id,
        )  # fmt: skip
        return bool(deleted)

    def _last_id(self, bot_id: int, chat_id: int) -> int:
        row = self._database.row("SELECT last_message_id FROM seats WHERE bot_id = ? AND chat_id = ?", bot_id, chat_id)
        if not row:
            raise LookupError(f"bot {bot_id} has no seat in chat {chat_id}")
        return int(row["last_message_id"])


def _stored(row: sqlite3.Row) -> Stored:
    return Stored(json.loads(row["body"]), bool(row["by_bot"]), json.loads(row["reactions"]), bool(row["deleted"]))
