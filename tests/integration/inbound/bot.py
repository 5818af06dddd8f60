"""A bot of a shop, and what its customers' phones make the messenger send: raw updates, as they come over the line."""

from __future__ import annotations

import itertools
import json
import time
from typing import Any

from appliance.services import connections, intake
from appliance.services.journal import ConnectionJournal
from appliance.values import SYSTEM
from appliance_telegram.batches import read_batch

Json = dict[str, Any]
TOKEN = "7000000001:" + "A" * 35


class Bot:
    """Takes updates as its poller does, and reads them to the end."""

    def __init__(self) -> None:
        form = {"token": TOKEN}
        self.connection_id = connections.connect("telegram", form, "Shop", SYSTEM, check=False).id
        self.journal = ConnectionJournal(self.connection_id, lambda: None)
        self._updates = itertools.count(500)

    def take(self, *updates: Json) -> None:
        """One batch, as one answer of the messenger brings it."""
        numbered = [{"update_id": next(self._updates), **update} for update in updates]
        batch = read_batch(json.dumps({"ok": True, "result": numbered}).encode())
        self.journal.commit(batch.rows, str(batch.next_offset))
        while intake.read_new():
            pass


class Customer:
    """Makes updates of one person's private chat; `message_id` names what they speak of."""

    def __init__(self, number: int = 5, name: str = "Anna", language: str = "en") -> None:
        self.person: Json = {"id": number, "is_bot": False, "first_name": name, "language_code": language}
        self.chat: Json = {"id": number, "type": "private", "first_name": name}
        self._messages = itertools.count(1)

    def says(self, **content: Any) -> Json:
        return {"message": {**self._frame(content.pop("message_id", None)), **content}}

    def edits(self, message_id: int, **content: Any) -> Json:
        frame = {**self._frame(message_id), "edit_date": int(time.time())}
        return {"edited_message": {**frame, **content}}

    def reacts(self, message_id: int, *emojis: str) -> Json:
        now = [{"type": "emoji", "emoji": emoji} for emoji in emojis]
        fields = {"chat": self.chat, "message_id": message_id, "user": self.person, "date": int(time.time())}
        return {"message_reaction": {**fields, "old_reaction": [], "new_reaction": now}}

    def changes_membership(self, status: str) -> Json:
        """`kicked` blocks the bot, `member` lets it write again."""
        bot = {"id": 7000000001, "is_bot": True, "first_name": "Shop"}
        fields = {"chat": self.chat, "from": self.person, "date": int(time.time())}
        member = {"user": bot, "status": status}
        return {
            "my_chat_member": {**fields, "old_chat_member": {"user": bot, "status": "?"}, "new_chat_member": member}
        }

    def _frame(self, message_id: int | None) -> Json:
        number = message_id if message_id is not None else next(self._messages)
        return {"message_id": number, "date": int(time.time()), "chat": self.chat, "from": self.person}


def photo(name: str = "P1") -> list[Json]:
    """Two sizes of a picture."""
    return [
        {"file_id": f"{name}-small", "file_unique_id": f"u{name}s", "width": 90, "height": 60, "file_size": 1200},
        {"file_id": name, "file_unique_id": f"u{name}", "width": 1280, "height": 853, "file_size": 210_000},
    ]


def video(name: str = "V1", size: int = 48 << 20) -> Json:
    thumbnail = {
        "file_id": f"{name}-small",
        "file_unique_id": f"u{name}s",
        "width": 320,
        "height": 180,
        "file_size": 9000,
    }
    facts = {"duration": 95, "width": 1920, "height": 1080, "mime_type": "video/mp4", "file_size": size}
    return {"file_id": name, "file_unique_id": f"u{name}", "file_name": "till.mp4", "thumbnail": thumbnail, **facts}
