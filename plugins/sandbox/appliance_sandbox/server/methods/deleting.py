"""deleteMessage and deleteMessages."""

from __future__ import annotations

import time

from appliance_sandbox.server.calls import Call, Json, method
from appliance_sandbox.server.errors import bad_request
from appliance_sandbox.server.messages import Stored
from appliance_sandbox.server.sending import find_chat, open_chat
from appliance_sandbox.server.standing import ADMINISTRATOR

OLDEST = 48 * 3600  # seconds after which a bot may delete no more
DICE_REST = 24 * 3600  # "A dice message in a private chat can only be deleted if it was sent more than 24 hours ago"


@method("deleteMessage")
def delete_message(call: Call) -> bool:
    chat, message_id = _chat(call), call.parameters.integer("message_id")
    stored = call.sandbox.messages.get(call.bot.id, chat["id"], message_id)
    if not stored:
        raise bad_request("message to delete not found")
    if not _may_delete(call, chat, stored):
        raise bad_request("message can't be deleted")
    return call.sandbox.messages.delete(call.bot.id, chat["id"], message_id)


@method("deleteMessages")
def delete_messages(call: Call) -> bool:
    chat, wanted = _chat(call), call.parameters.listing("message_ids")
    if not 1 <= len(wanted) <= 100:
        raise bad_request("too many message identifiers specified")
    for message_id in wanted:
        stored = call.sandbox.messages.get(call.bot.id, chat["id"], int(message_id))
        # "If some of the specified messages can't be found, they are skipped."
        if stored and _may_delete(call, chat, stored):
            call.sandbox.messages.delete(call.bot.id, chat["id"], int(message_id))
    return True


def _chat(call: Call) -> Json:
    """A private chat also of somebody who blocked the bot; a group only while the bot is in it."""
    chat = find_chat(call)
    return chat if chat["type"] == "private" else open_chat(call)


def _may_delete(call: Call, chat: Json, stored: Stored) -> bool:
    """In a private chat and as an administrator also what others wrote."""
    age, is_private = time.time() - stored.body["date"], chat["type"] == "private"
    if "dice" in stored.body and is_private and age < DICE_REST:
        return False
    seat = call.sandbox.chats.seat(call.bot.id, chat["id"])
    rules = is_private or (seat is not None and seat.state == ADMINISTRATOR)
    return age < OLDEST and (stored.by_bot or rules)
