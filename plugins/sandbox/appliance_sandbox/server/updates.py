"""Each bot's queue of updates, and the one long poll it may have open."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from appliance_sandbox.server.bots import Bots
from appliance_sandbox.server.database import Database
from appliance_sandbox.server.errors import CONFLICT_POLLER, ApiError
from appliance_sandbox.server.specification import ONLY_WHEN_NAMED

LARGEST_UPDATE = 64 << 10  # the server drops an update whose JSON is longer
FUTURE = 10  # an offset further ahead than this is taken for a stale one
HOLD_BACK = 3.0  # seconds between two conflict answers to one bot
ID_MARK = b"__UPDATE_ID__"


@dataclass(slots=True)
class Poll:
    """A getUpdates call under way; `ended` is the conflict that ended it."""

    ended: str | None = None


class Updates:
    def __init__(self, database: Database, bots: Bots) -> None:
        self._database = database
        self._bots = bots
        # On the database's lock, so that nothing can arrive between looking and waiting.
        self._arrived = threading.Condition(database.lock)
        self._polls: dict[int, Poll] = {}
        self._last_conflict: dict[int, float] = {}
        self._closing = False

    def push(self, bot_id: int, kind: str, payload: dict[str, Any]) -> int | None:
        """Queue an update of a kind the bot wants; answers its id, or None when the bot is not told."""
        allowed = self._bots.allowed_updates(bot_id)
        if kind not in allowed if allowed else kind in ONLY_WHEN_NAMED:
            return None
        return self.inject(bot_id, {kind: payload})

    def inject(self, bot_id: int, update: dict[str, Any], keep_id: bool = False) -> int | None:
        """Queue an update as it is, under the next id (or its own); None when it is too long and dropped."""
        with self._arrived:
            update_id = update["update_id"] if keep_id else self._tail(bot_id)
            body = json.dumps({**update, "update_id": update_id}).encode()
            if len(body) > LARGEST_UPDATE:
                return None
            self._store(bot_id, update_id, body)
        return int(update_id)

    def inject_bytes(self, bot_id: int, body: bytes) -> int:
        """Queue bytes that may be no JSON at all; `__UPDATE_ID__` in them becomes the id they get."""
        with self._arrived:
            update_id = self._tail(bot_id)
            self._store(bot_id, update_id, body.replace(ID_MARK, str(update_id).encode()))
        return update_id

    def poll(self, bot_id: int, offset: int, limit: int, timeout: float) -> list[bytes]:
        """What is pending from `offset` on, waiting up to `timeout` seconds for something to come."""
        deadline = time.monotonic() + timeout
        mine = Poll()
        with self._arrived:
            self._end_poll(bot_id, CONFLICT_POLLER)
            self._polls[bot_id] = mine
            self._confirm(bot_id, offset)
            found = self._first(bot_id, limit)
            while not found and not mine.ended and not self._closing:
                if not self._arrived.wait(max(0.0, deadline - time.monotonic())):
                    break
                found = self._first(bot_id, limit)
            if self._polls.get(bot_id) is mine:
                del self._polls[bot_id]
        if mine.ended:
            self._hold_back(bot_id)
            raise ApiError(409, mine.ended)
        return found

    def wait_for_first(self, bot_id: int, ended: Callable[[], bool]) -> tuple[int, bytes] | None:
        """Id and bytes of the oldest update, once there is one; None when `ended` says so or all closes."""
        with self._arrived:
            while not self._closing and not ended():
                row = self._database.row(
                    "SELECT update_id, body FROM updates WHERE bot_id = ? ORDER BY update_id LIMIT 1", bot_id
                )
                if row:
                    return int(row["update_id"]), bytes(row["body"])
                self._arrived.wait()
        return None

    def confirm(self, bot_id: int, update_id: int) -> None:
        """This very update was taken."""
        self._database.run("DELETE FROM updates WHERE bot_id = ? AND update_id = ?", bot_id, update_id)

    def wake(self) -> None:
        """Let whoever waits look again whether they still have to."""
        with self._arrived:
            self._arrived.notify_all()

    def is_polled(self, bot_id: int) -> bool:
        """Whether a long poll is under way."""
        with self._arrived:
            return bot_id in self._polls

    def interrupt(self, bot_id: int, reason: str) -> None:
        """End a long poll under way with a conflict."""
        with self._arrived:
            self._end_poll(bot_id, reason)

    def forget(self, bot_id: int) -> None:
        self._database.run("DELETE FROM updates WHERE bot_id = ?", bot_id)

    def pending(self, bot_id: int) -> list[bytes]:
        rows = self._database.rows("SELECT body FROM updates WHERE bot_id = ? ORDER BY update_id", bot_id)
        return [bytes(row["body"]) for row in rows]

    def count(self, bot_id: int) -> int:
        row = self._database.row("SELECT count(*) AS n FROM updates WHERE bot_id = ?", bot_id)
        return int(row["n"]) if row else 0

    def close(self) -> None:
        """Let every long poll go home empty-handed."""
        with self._arrived:
            self._closing = True
            self._arrived.notify_all()

    def _tail(self, bot_id: int) -> int:
        row = self._database.row("SELECT next_update_id FROM bots WHERE id = ?", bot_id)
        if not row:
            raise LookupError(f"no bot {bot_id}")
        return int(row["next_update_id"])

    def _store(self, bot_id: int, update_id: int, body: bytes) -> None:
        with self._database.transaction():
            self._database.run(
                "INSERT OR REPLACE INTO updates (bot_id, update_id, body) VALUES (?, ?, ?)",
                bot_id, update_id, body,
            )  # fmt: skip
            self._database.run(
                "UPDATE bots SET next_update_id = max(next_update_id, ?) WHERE id = ?", update_id + 1, bot_id
            )
        self._arrived.notify_all()

    def _confirm(self, bot_id: int, offset: int) -> None:
        """Forget what the offset confirms; one the server does not know falls back to the head."""
        if offset < 0:
            self._database.run(
                "DELETE FROM updates WHERE bot_id = ? AND update_id NOT IN"
                " (SELECT update_id FROM updates WHERE bot_id = ? ORDER BY update_id DESC LIMIT ?)",
                bot_id, bot_id, -offset,
            )  # fmt: skip
        elif offset <= self._tail(bot_id) + FUTURE:
            self._database.run("DELETE FROM updates WHERE bot_id = ? AND update_id < ?", bot_id, offset)

    def _first(self, bot_id: int, limit: int) -> list[bytes]:
        rows = self._database.rows(
            "SELECT body FROM updates WHERE bot_id = ? ORDER BY update_id LIMIT ?", bot_id, limit
        )
        return [bytes(row["body"]) for row in rows]

    def _end_poll(self, bot_id: int, reason: str) -> None:
        if poll := self._polls.pop(bot_id, None):
            poll.ended = reason
            self._arrived.notify_all()

    def _hold_back(self, bot_id: int) -> None:
        """Two pollers would spin otherwise: the answer to a repeated conflict comes late."""
        now = time.monotonic()
        due = self._last_conflict.get(bot_id, now - HOLD_BACK) + HOLD_BACK
        self._last_conflict[bot_id] = max(now, due)
        if due > now:
            time.sleep(due - now)
