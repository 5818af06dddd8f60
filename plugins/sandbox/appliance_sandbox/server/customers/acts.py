"""One act of a customer, the table of acts, and how a message of theirs reaches the bot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from appliance_sandbox.server.bots import Bot
from appliance_sandbox.server.messages import Stored
from appliance_sandbox.server.parameters import Parameters
from appliance_sandbox.server.sending import quoted
from appliance_sandbox.server.state import Sandbox

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """Who does it, towards which bot, in which chat, with what."""

    sandbox: Sandbox
    bot: Bot
    person: Json
    chat: Json
    fields: Parameters


Doing = Callable[[Act], Json]
ACTS: dict[str, Doing] = {}


def act(name: str) -> Callable[[Doing], Doing]:
    """Enter a function as the act of that name."""

    def enter(function: Doing) -> Doing:
        ACTS[name] = function
        return function

    return enter


def perform(sandbox: Sandbox, bot: Bot, person_id: int, name: str, fields: Parameters) -> Json:
    """Do an act; answers what it made (`message`, `update_id`, …).

    LookupError for an unknown customer, chat, message or act; ValueError for what a customer could not do.
    """
    if name not in ACTS:
        raise LookupError(f"no act {name!r}; known are {', '.join(sorted(ACTS))}")
    person = sandbox.people.get(person_id)
    chat = sandbox.chats.get(fields.integer("chat_id") or person_id)
    return ACTS[name](Act(sandbox, bot, person, chat, fields))


def deliver(act: Act, content: Json) -> Json:
    """Store a message of the customer and tell the bot, as far as it may see it."""
    take_seat(act)
    if reply_to := act.fields.integer("reply_to"):
        content = {**quoted(find_message(act, reply_to).body), **content}
    if date := act.fields.integer("date"):
        content["date"] = date
    # `extra` adds or replaces any field of the message: forward_origin, quote, has_protected_content, …
    content |= act.fields.mapping("extra")
    # Together, so that updates of a chat come in the order of its messages.
    with act.sandbox.database.transaction():
        message = act.sandbox.messages.add(act.bot.id, act.chat, act.person, content, by_bot=False)
        update_id = act.sandbox.updates.push(act.bot.id, "message", message) if _sees(act, message) else None
    return {"message": message, "update_id": update_id}


def take_seat(act: Act) -> None:
    """Writing opens a private chat; ValueError where the bot is blocked or not in the group."""
    seat = act.sandbox.chats.seat(act.bot.id, act.chat["id"])
    state = seat.state if seat else ""
    if state == "blocked":
        raise ValueError("this customer has blocked the bot")
    if act.chat["type"] != "private":
        if state != "member":
            raise ValueError("the bot is not in this group")
        act.sandbox.chats.join(act.chat["id"], act.person["id"])
    elif not state:
        act.sandbox.chats.sit(act.bot.id, act.chat["id"], "started")


def find_message(act: Act, message_id: int) -> Stored:
    """LookupError for a message that is not there."""
    stored = act.sandbox.messages.get(act.bot.id, act.chat["id"], message_id)
    if not stored:
        raise LookupError(f"no message {message_id} in this chat")
    return stored


def _sees(act: Act, message: Json) -> bool:
    """In a group with privacy mode a bot gets commands, mentions and replies to itself only."""
    if act.chat["type"] == "private" or act.bot.reads_groups:
        return True
    text = str(message.get("text") or message.get("caption") or "")
    replied = message.get("reply_to_message", {}).get("from", {}).get("id")
    return text.startswith("/") or f"@{act.bot.username}".lower() in text.lower() or replied == act.bot.id
