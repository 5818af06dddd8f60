"""Inline buttons and the keyboard below the input."""

from __future__ import annotations

import secrets
import time

from appliance_sandbox.server.customers.acts import Act, Json, act, deliver, find_message
from appliance_sandbox.server.customers.writing import read_contact, read_place
from appliance_sandbox.server.entities import format_text


@act("press")
def press_button(act: Act) -> Json:
    """The inline button with that `data` (or else that `text`) under `message_id`."""
    stored = find_message(act, act.fields.integer("message_id"))
    data = act.fields.text("data") or _data_of(stored.body, act.fields.text("text"))
    query_id = str(10**17 + secrets.randbelow(10**17))
    act.sandbox.database.run(
        "INSERT INTO presses (id, bot_id, chat_id, at) VALUES (?, ?, ?, ?)",
        query_id, act.bot.id, act.chat["id"], time.time(),
    )  # fmt: skip
    query = {
        "id": query_id, "from": act.person, "message": stored.body, "data": data,
        "chat_instance": str(act.chat["id"]),
    }  # fmt: skip
    return {"query_id": query_id, "update_id": act.sandbox.updates.push(act.bot.id, "callback_query", query)}


@act("tap")
def tap_key(act: Act) -> Json:
    """The key with that `text` on the reply keyboard: sends its text, or what it asks for."""
    seat = act.sandbox.chats.seat(act.bot.id, act.chat["id"])
    keyboard = seat.keyboard if seat and seat.keyboard else {}
    text = act.fields.text("text")
    key = next((key for row in keyboard.get("keyboard", []) for key in row if key["text"] == text), None)
    if key is None:
        raise LookupError(f"no key {text!r} on the keyboard")
    if keyboard.get("one_time_keyboard"):
        act.sandbox.chats.show_keyboard(act.bot.id, act.chat["id"], None)
    if key.get("request_contact"):
        return deliver(act, {"contact": read_contact(act, own=True)})
    if key.get("request_location"):
        return deliver(act, {"location": read_place(act)})
    return deliver(act, format_text(text, []).fields("text", "entities"))


def _data_of(message: Json, text: str) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        if button["text"] == text and "callback_data" in button:
            return str(button["callback_data"])
    raise LookupError(f"no button {text!r} that calls back")
