"""Changing a message of the bot: find it, refuse what changes nothing, store the new version."""

from __future__ import annotations

import time

from appliance_sandbox.server.calls import Call, Json
from appliance_sandbox.server.errors import NOT_MODIFIED, bad_request
from appliance_sandbox.server.keyboards import read_markup
from appliance_sandbox.server.messages import Stored
from appliance_sandbox.server.sending import open_chat


def own_message(call: Call) -> Stored:
    """The message `chat_id` and `message_id` name; ApiError for one that is gone or not the bot's own."""
    if "inline_message_id" in call.parameters:
        raise bad_request("the sandbox does not implement inline messages")
    if "chat_id" not in call.parameters:
        raise bad_request("chat_id is empty")
    chat = open_chat(call)
    stored = call.sandbox.messages.get(call.bot.id, chat["id"], call.parameters.integer("message_id"))
    if not stored:
        raise bad_request("message to edit not found")
    if not stored.by_bot:
        raise bad_request("message can't be edited")
    return stored


def revise(call: Call, stored: Stored, changes: Json, gone: tuple[str, ...] = ()) -> Json:
    """Store the changed message with the markup of this call; ApiError when nothing differs."""
    markup = read_markup(call.parameters)
    kept = {name: value for name, value in stored.body.items() if name not in {*gone, "reply_markup"}}
    body = {**kept, **changes, **({"reply_markup": markup} if markup.get("inline_keyboard") else {})}
    if body == stored.body:
        raise bad_request(NOT_MODIFIED)
    body["edit_date"] = int(time.time())
    call.sandbox.messages.replace(call.bot.id, body)
    return body
