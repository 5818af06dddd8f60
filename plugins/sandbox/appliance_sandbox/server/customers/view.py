"""What a customer's phone shows of a chat."""

from __future__ import annotations

import json
from typing import Any

from appliance_sandbox.server.bots import Bot
from appliance_sandbox.server.messages import Stored
from appliance_sandbox.server.standing import ADMINISTRATOR
from appliance_sandbox.server.state import Sandbox

Json = dict[str, Any]


def show_chat(sandbox: Sandbox, bot: Bot, chat_id: int, limit: int) -> Json:
    """`messages` oldest first, each a Message with `by_bot`, `reactions` and `deleted` beside it.

    Of a group also its `members`, whether the bot `reads_all`, and the number it `moved_to`.
    """
    seat = sandbox.chats.seat(bot.id, chat_id)
    said = sandbox.messages.last(bot.id, chat_id, limit)
    shown = [stored for stored in said if stored.body["message_id"] > (seat.cleared if seat else 0)]
    return {
        "chat": sandbox.chats.get(chat_id),
        "bot": bot.user(),
        "state": seat.state if seat else "",
        "action": seat.action if seat else None,
        "keyboard": seat.keyboard if seat else None,
        "polled_at": sandbox.journal.last_poll(bot.id),
        "webhook": (sandbox.bots.webhook(bot.id) or {}).get("url", ""),
        "answer": _last_answer(sandbox, bot.id, chat_id),
        "messages": [_shown(stored) for stored in shown],
        "members": [sandbox.people.get(person_id) for person_id in sandbox.chats.members(chat_id)],
        "reads_all": bot.reads_groups or (seat is not None and seat.state == ADMINISTRATOR),
        "moved_to": sandbox.chats.migrated_to(chat_id),
    }


def list_phones(sandbox: Sandbox, bot: Bot) -> list[Json]:
    """Every customer with the last message of their chat with a bot, latest first."""
    phones = [{"person": person, "last": _last(sandbox, bot, person["id"])} for person in sandbox.people.all()]
    return sorted(phones, key=_lateness, reverse=True)


def list_groups_of(sandbox: Sandbox, bot: Bot) -> list[Json]:
    """Every group that has not moved on: `{"group", "state", "members", "last"}`, latest first."""
    groups = []
    for group in sandbox.chats.groups():
        if sandbox.chats.migrated_to(group["id"]):
            continue
        seat, members = sandbox.chats.seat(bot.id, group["id"]), sandbox.chats.members(group["id"])
        last = _last(sandbox, bot, group["id"])
        groups.append({"group": group, "state": seat.state if seat else "", "members": members, "last": last})
    return sorted(groups, key=_lateness, reverse=True)


def _last(sandbox: Sandbox, bot: Bot, chat_id: int) -> Json | None:
    said = sandbox.messages.last(bot.id, chat_id, 1)
    return _shown(said[0]) if said else None


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
