"""Blocking and unblocking the bot, and clearing the chat away."""

from __future__ import annotations

from appliance_sandbox.server.customers.acts import Act, Json, act
from appliance_sandbox.server.standing import KICKED, MEMBER, membership_change


@act("block")
def block(act: Act) -> Json:
    return _change(act, "blocked", old=MEMBER, new=KICKED)


@act("unblock")
def unblock(act: Act) -> Json:
    return _change(act, "started", old=KICKED, new=MEMBER)


@act("clear")
def clear_chat(act: Act) -> Json:
    """The customer deletes the chat on their phone. Bots are told nothing of it and may go on writing."""
    act.sandbox.chats.clear(act.bot.id, act.chat["id"])
    return {"update_id": None}


def _change(act: Act, state: str, old: str, new: str) -> Json:
    act.sandbox.chats.sit(act.bot.id, act.chat["id"], state)
    changed = membership_change(act.chat, act.person, act.bot.user(), old, new)
    return {"update_id": act.sandbox.updates.push(act.bot.id, "my_chat_member", changed)}
