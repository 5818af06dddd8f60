"""One act of a customer, the table of acts, and how a message of theirs reaches the bot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from appliance_sandbox.server.bots import Bot
from appliance_sandbox.server.errors import ApiError
from appliance_sandbox.server.messages import Stored
from appliance_sandbox.server.parameters import Parameters
from appliance_sandbox.server.sending import quote_of, quoted
from appliance_sandbox.server.service_messages import is_service
from appliance_sandbox.server.standing import ADMINISTRATOR, ANONYMOUS, INSIDE
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

    @property
    def is_anonymous(self) -> bool:
        """Whether an administrator of a group acts without showing themselves (`anonymous`)."""
        return self.fields.flag("anonymous")


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
    content = {**_speaking_for(act), **_reply(act), **content}
    if date := act.fields.integer("date"):
        content["date"] = date
    # `extra` adds or replaces any field of the message: forward_origin, quote, has_protected_content, …
    content |= act.fields.mapping("extra")
    author = ANONYMOUS if act.is_anonymous else act.person
    # Together, so that updates of a chat come in the order of its messages.
    with act.sandbox.database.transaction():
        message = act.sandbox.messages.add(act.bot.id, act.chat, author, content, by_bot=False)
        update_id = act.sandbox.updates.push(act.bot.id, "message", message) if sees(act, message) else None
    return {"message": message, "update_id": update_id}


def take_seat(act: Act) -> None:
    """Writing opens a private chat; ValueError where the bot is blocked or not in the group."""
    seat = act.sandbox.chats.seat(act.bot.id, act.chat["id"])
    state = seat.state if seat else ""
    if state == "blocked":
        raise ValueError("this customer has blocked the bot")
    if act.chat["type"] != "private":
        if state not in INSIDE:
            raise ValueError("the bot is not in this group")
        if moved := act.sandbox.chats.migrated_to(act.chat["id"]):
            raise ValueError(f"this group became the supergroup {moved}")
        act.sandbox.chats.join(act.chat["id"], act.person["id"])
    elif not state:
        act.sandbox.chats.sit(act.bot.id, act.chat["id"], "started")


def find_message(act: Act, message_id: int) -> Stored:
    """LookupError for a message that is not there."""
    stored = act.sandbox.messages.get(act.bot.id, act.chat["id"], message_id)
    if not stored:
        raise LookupError(f"no message {message_id} in this chat")
    return stored


def sees(act: Act, message: Json) -> bool:
    """In a group with privacy mode a bot gets commands, mentions, replies to itself and service messages only."""
    seat = act.sandbox.chats.seat(act.bot.id, act.chat["id"])
    if act.chat["type"] == "private" or act.bot.reads_groups or (seat and seat.state == ADMINISTRATOR):
        return True
    text = str(message.get("text") or message.get("caption") or "").lower()
    replied = message.get("reply_to_message", {}).get("from", {}).get("id")
    own = f"@{act.bot.username}".lower()
    command = text.split()[0] if text.startswith("/") else ""
    commanded = bool(command) and ("@" not in command or command.endswith(own))
    return commanded or (own in text) or replied == act.bot.id or is_service(message)


def _speaking_for(act: Act) -> Json:
    """What the message of an anonymous administrator has on top. ValueError where there can be none."""
    if not act.is_anonymous:
        return {}
    if act.chat["type"] != "supergroup":
        raise ValueError("only in a supergroup can an administrator be anonymous")
    return {"sender_chat": act.chat}


def _reply(act: Act) -> Json:
    """`reply_to` is a message's id, `quote` the part of its text that is answered. ValueError for no part of it."""
    reply_to = act.fields.integer("reply_to")
    if not reply_to:
        return {}
    answered = find_message(act, reply_to).body
    try:
        return {**quoted(answered), **quote_of(answered, act.fields.text("quote"))}
    except ApiError as error:
        raise ValueError("the quoted words are not in that message") from error
