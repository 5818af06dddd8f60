"""sendPoll, stopPoll, sendDice."""

from __future__ import annotations

import secrets
from typing import Any

from appliance_sandbox.server.calls import Call, Json, method
from appliance_sandbox.server.errors import bad_request
from appliance_sandbox.server.revising import own_message, revise
from appliance_sandbox.server.sending import open_chat, send
from appliance_sandbox.server.units import length

DICE = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}


@method("sendPoll")
def send_poll(call: Call) -> Json:
    chat, parameters = open_chat(call), call.parameters
    is_anonymous = parameters.flag("is_anonymous") if "is_anonymous" in parameters else True
    poll = make_poll(parameters.text("question"), parameters.listing("options"), is_anonymous)
    poll["type"] = parameters.text("type") or "regular"
    poll["allows_multiple_answers"] = parameters.flag("allows_multiple_answers")
    poll["is_closed"] = parameters.flag("is_closed")
    return send(call, chat, {"poll": poll})


@method("stopPoll")
def stop_poll(call: Call) -> Json:
    stored = own_message(call)
    if "poll" not in stored.body or stored.body["poll"]["is_closed"]:
        raise bad_request("poll can't be stopped")
    poll: Json = revise(call, stored, {"poll": {**stored.body["poll"], "is_closed": True}})["poll"]
    return poll


@method("sendDice")
def send_dice(call: Call) -> Json:
    chat, emoji = open_chat(call), call.parameters.text("emoji") or "🎲"
    if emoji not in DICE:
        raise bad_request("wrong dice emoji specified")
    return send(call, chat, {"dice": throw(emoji)})


def throw(emoji: str) -> Json:
    """A Dice object with a fair value."""
    return {"emoji": emoji, "value": 1 + secrets.randbelow(DICE[emoji])}


def make_poll(question: str, options: list[Any], is_anonymous: bool = True) -> Json:
    """A Poll object nobody has voted in yet. ApiError 400 for a poll outside the limits."""
    texts = [option.get("text", "") if isinstance(option, dict) else str(option) for option in options]
    if not 1 <= length(question) <= 300:
        raise bad_request("poll question must be non-empty and at most 300 characters long")
    if not 1 <= len(texts) <= 12 or not all(1 <= length(text) <= 100 for text in texts):
        raise bad_request("poll must have 1-12 options of 1-100 characters")
    return {
        "id": str(10**17 + secrets.randbelow(10**17)), "question": question,
        "options": [
            {"persistent_id": str(number), "text": text, "voter_count": 0} for number, text in enumerate(texts)
        ],
        "total_voter_count": 0, "is_closed": False, "is_anonymous": is_anonymous, "type": "regular",
        "allows_multiple_answers": False, "allows_revoting": True, "members_only": False,
    }  # fmt: skip
