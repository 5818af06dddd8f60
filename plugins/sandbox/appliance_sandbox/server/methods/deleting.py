"""deleteMessage and deleteMessages."""

from __future__ import annotations

import time

from appliance_sandbox.server.calls import Call, Json, method
from appliance_sandbox.server.errors import bad_request
from appliance_sandbox.server.sending import find_chat

OLDEST = 48 * 3600  # seconds after which a bot may delete no more


@method("deleteMessage")
def delete_message(call: Call) -> bool:
    chat, message_id = find_chat(call), call.parameters.integer("message_id")
    stored = call.sandbox.messages.get(call.bot.id, chat["id"], message_id)
    if not stored:
        raise bad_request("message to delete not found")
    if not _may_delete(chat, stored.by_bot, stored.body["date"]):
        raise bad_request("message can't be deleted")
    return call.sandbox.messages.delete(call.bot.id, chat["id"], message_id)


@method("deleteMessages")
def delete_messages(call: Call) -> bool:
    chat, wanted = find_chat(call), call.parameters.listing("message_ids")
    if not 1 <= len(wanted) <= 100:
        raise bad_request("too many message identifiers specified")
    for message_id in wanted:
        stored = call.sandbox.messages.get(call.bot.id, chat["id"], int(message_id))
        # "If some of the specified messages can't be found, they are skipped."
        if stored and _may_delete(chat, stored.by_bot, stored.body["date"]):
            call.sandbox.messages.delete(call.bot.id, chat["id"], int(message_id))
    return True


def _may_delete(chat: Json, by_bot: bool, date: int) -> bool:
    """In a private chat also what the customer wrote; in a group only its own (no rights there)."""
    return time.time() - date < OLDEST and (by_bot or chat["type"] == "private")
