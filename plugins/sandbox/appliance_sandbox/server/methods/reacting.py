"""setMessageReaction and answerCallbackQuery."""

from __future__ import annotations

import json
import time

from appliance_sandbox.server.calls import Call, method
from appliance_sandbox.server.errors import bad_request
from appliance_sandbox.server.reactions import is_reaction
from appliance_sandbox.server.sending import open_chat
from appliance_sandbox.server.units import length

LIFE = 150  # seconds a press waits for its answer
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@method("setMessageReaction")
def set_reaction(call: Call) -> bool:
    chat, wanted = open_chat(call), call.parameters.listing("reaction")
    message_id = call.parameters.integer("message_id")
    if not call.sandbox.messages.get(call.bot.id, chat["id"], message_id):
        raise bad_request("message to react not found")
    if len(wanted) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if not all(one.get("type") == "emoji" and is_reaction(str(one.get("emoji"))) for one in wanted):
        raise bad_request("REACTION_INVALID")
    call.sandbox.messages.react(call.bot.id, chat["id"], message_id, "bot", wanted)
    return True


@method("answerCallbackQuery")
def answer_press(call: Call) -> bool:
    text = call.parameters.text("text")
    if length(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = {"text": text, "show_alert": call.parameters.flag("show_alert"), "url": call.parameters.text("url")}
    answered = call.sandbox.database.run(
        "UPDATE presses SET answer = ? WHERE id = ? AND bot_id = ? AND at > ?",
        json.dumps(answer), call.parameters.text("callback_query_id"), call.bot.id, time.time() - LIFE,
    )  # fmt: skip
    if not answered:
        raise bad_request(TOO_OLD)
    return True
