"""What a customer's phone shows of a chat."""

from __future__ import annotations

import json
from typing import Any

from appliance_sandbox.server.bots import Bot
from appliance_sandbox.server.messages import Stored
from appliance_sandbox.server.state import Sandbox

Json = dict[str, Any]


def show_chat(sandbox: Sandbox, bot: Bot, chat_id: int, limit: int) -> Json:
    """`messages` oldest first, each a Message with `by_bot`, `reactions` and `deleted` beside it."""
    seat = sandbox.chats.seat(bot.id, chat_id)
    return {
        "chat": sandbox.chats.get(chat_id),
        "bot": bot.user(),
        "state": seat.state if seat else "",
        "action": seat.action if seat else None,
        "keyboard": seat.keyboard if seat else None,
        "polled_at": sandbox.journal.last_poll(bot.id),
        "answer": _last_answer(sandbox, bot.id, chat_id),
        "messages": [_shown(stored) for stored in sandbox.messages.last(bot.id, chat_id, limit)],
    }


def list_phones(sandbox: Sandbox, bot: Bot) -> list[Json]:
    """Every customer with the last message of their chat with a bot, latest first."""
    phones = []
    for person in sandbox.people.all():
        last = sandbox.messages.last(bot.id, person["id"], 1)
        phones.append({"person": person, "last": _shown(last[0]) if last else None})
    return sorted(phones, key=_lateness, reverse=True)


def _lateness(phone: Json) -> int:
    return int(phone["last"]["message"]["date"]) if phone["last"] else 0


def _shown(stored: Stored) -> Json:
    return {
        "message": stored.body, "by_bot": stored.by_bot,
        "reactions": stored.reactions, "deleted": stored.deleted,
    }  # fmt: skip


def _last_answer(sandbox: Sandbox, bot_id: int, chat_id: int) -> Json | None:
    """What the bot last said to a pressed button: `{"query_id", "at", "text", "show_alert", "url"}`."""
    row = sandbox.database.row(
        "SELECT * FROM presses WHERE bot_id = ? AND chat_id = ? AND answer IS NOT NULL ORDER BY at DESC LIMIT 1",
        bot_id, chat_id,
    )  # fmt: skip
    return {"query_id": row["id"], "at": row["at"], **json.loads(row["answer"])} if row else None
