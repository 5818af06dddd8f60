"""Blocking and unblocking the bot."""

from __future__ import annotations

import time

from appliance_sandbox.server.customers.acts import Act, Json, act


@act("block")
def block(act: Act) -> Json:
    return _change(act, "blocked", old="member", new="kicked")


@act("unblock")
def unblock(act: Act) -> Json:
    return _change(act, "started", old="kicked", new="member")


def _change(act: Act, state: str, old: str, new: str) -> Json:
    act.sandbox.chats.sit(act.bot.id, act.chat["id"], state)
    changed = membership_change(act.chat, act.person, act.bot.user(), old, new)
    return {"update_id": act.sandbox.updates.push(act.bot.id, "my_chat_member", changed)}


def membership_change(chat: Json, by: Json, whose: Json, old: str, new: str) -> Json:
    """A ChatMemberUpdated; the statuses are left, member, kicked."""
    return {
        "chat": chat, "from": by, "date": int(time.time()),
        "old_chat_member": _member(old, whose), "new_chat_member": _member(new, whose),
    }  # fmt: skip


def _member(status: str, user: Json) -> Json:
    return {"status": status, "user": user, **({"until_date": 0} if status == "kicked" else {})}
