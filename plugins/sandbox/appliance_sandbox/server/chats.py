"""Chats (a private one per customer, and groups) and each bot's seat in them."""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass
from typing import Any

from appliance_sandbox.server.database import Database
from appliance_sandbox.server.people import People

Json = dict[str, Any]
TYPING_SECONDS = 5  # "The status is set for 5 seconds or less" (sendChatAction)


@dataclass(frozen=True, slots=True)
class Seat:
    """How a bot stands in a chat; `state` is started, blocked, member, administrator, left or kicked.

    `cleared`: the last message the customer took off their phone.
    """

    state: str
    keyboard: Json | None
    action: str | None
    cleared: int = 0


class Chats:
    """Chat objects by id; the id of a private chat is that of its customer, a group's is negative."""

    def __init__(self, database: Database, people: People) -> None:
        self._database = database
        self._people = people

    def get(self, chat_id: int) -> Json:
        """LookupError when there is neither such a group nor such a customer."""
        row = self._database.row("SELECT body FROM chats WHERE id = ?", chat_id)
        if row:
            return dict(json.loads(row["body"]))
        person = self._people.get(chat_id)
        named: Json = {name: person[name] for name in ("first_name", "last_name", "username") if name in person}
        return {"id": chat_id, **named, "type": "private"}

    def id_of(self, username: str) -> int:
        """The group of that @name; LookupError when there is none. Customers are not found by name."""
        row = self._database.row(
            "SELECT id FROM chats WHERE lower(json_extract(body, '$.username')) = ?", username.lower()
        )
        if not row:
            raise LookupError(username)
        return int(row["id"])

    def add_group(self, title: str, kind: str = "supergroup", username: str = "") -> Json:
        """`kind` is group or supergroup."""
        number = secrets.randbelow(10**9) + 1
        chat_id = -number if kind == "group" else -1_000_000_000_000 - number
        body: Json = {"id": chat_id, "title": title, "type": kind}
        if username:
            body["username"] = username
        self._database.run("INSERT INTO chats (id, body) VALUES (?, ?)", chat_id, json.dumps(body))
        return body

    def groups(self) -> list[Json]:
        return [json.loads(row["body"]) for row in self._database.rows("SELECT body FROM chats ORDER BY rowid")]

    def rename(self, chat_id: int, title: str) -> Json:
        """Answers the group under its new title."""
        body = {**self.get(chat_id), "title": title}
        self._database.run("UPDATE chats SET body = ? WHERE id = ?", json.dumps(body), chat_id)
        return body

    def members(self, chat_id: int) -> list[int]:
        """The customers in a chat."""
        rows = self._database.rows("SELECT person_id FROM members WHERE chat_id = ? ORDER BY rowid", chat_id)
        return [row["person_id"] for row in rows] if chat_id < 0 else [chat_id]

    def join(self, chat_id: int, person_id: int) -> None:
        self._database.run("INSERT OR IGNORE INTO members (chat_id, person_id) VALUES (?, ?)", chat_id, person_id)

    def part(self, chat_id: int, person_id: int) -> None:
        self._database.run("DELETE FROM members WHERE chat_id = ? AND person_id = ?", chat_id, person_id)

    def migrate(self, group_id: int, supergroup_id: int) -> None:
        self._database.run("UPDATE chats SET migrated_to = ? WHERE id = ?", supergroup_id, group_id)

    def migrated_to(self, chat_id: int) -> int | None:
        row = self._database.row("SELECT migrated_to FROM chats WHERE id = ?", chat_id)
        return row["migrated_to"] if row else None

    def seat(self, bot_id: int, chat_id: int) -> Seat | None:
        row = self._database.row("SELECT * FROM seats WHERE bot_id = ? AND chat_id = ?", bot_id, chat_id)
        if not row:
            return None
        keyboard = json.loads(row["keyboard"]) if row["keyboard"] else None
        fresh = row["action_at"] and time.time() - row["action_at"] < TYPING_SECONDS
        return Seat(row["state"], keyboard, row["action"] if fresh else None, row["cleared"])

    def sit(self, bot_id: int, chat_id: int, state: str) -> None:
        self._database.run(
            "INSERT INTO seats (bot_id, chat_id, state) VALUES (?, ?, ?)"
            " ON CONFLICT (bot_id, chat_id) DO UPDATE SET state = excluded.state",
            bot_id, chat_id, state,
        )  # fmt: skip

    def clear(self, bot_id: int, chat_id: int) -> None:
        """Nothing of what was said so far is on the phone any more, nor is the keyboard."""
        self._database.run(
            "UPDATE seats SET cleared = last_message_id, keyboard = NULL WHERE bot_id = ? AND chat_id = ?",
            bot_id, chat_id,
        )  # fmt: skip

    def show_keyboard(self, bot_id: int, chat_id: int, keyboard: Json | None) -> None:
        """The reply keyboard the customers of this chat see from now on."""
        self._database.run(
            "UPDATE seats SET keyboard = ? WHERE bot_id = ? AND chat_id = ?",
            json.dumps(keyboard) if keyboard else None, bot_id, chat_id,
        )  # fmt: skip

    def show_action(self, bot_id: int, chat_id: int, action: str | None) -> None:
        self._database.run(
            "UPDATE seats SET action = ?, action_at = ? WHERE bot_id = ? AND chat_id = ?",
            action, time.time(), bot_id, chat_id,
        )  # fmt: skip
