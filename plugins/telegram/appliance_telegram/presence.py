"""What the customer sees of us besides messages: that somebody writes, that a button was taken, that we left."""

from __future__ import annotations

from typing import Any

from appliance import IncomingButton
from appliance_telegram.addresses import chat_fields
from appliance_telegram.answers import Refusal
from appliance_telegram.client import BotClient

# What comes too late or twice has been seen to already.
_TOO_LATE = ("query is too old", "query_id_invalid")
_BARE_ALREADY = ("message is not modified", "message to edit not found", "message can't be edited")
_AWAY_ALREADY = ("was kicked", "not a member", "chat not found", "chat was deleted")


async def show_typing(client: BotClient, address: str) -> None:
    """For five seconds, or until a message of ours arrives."""
    await client.call("sendChatAction", **chat_fields(address), action="typing")


async def answer_press(client: BotClient, press: IncomingButton) -> None:
    """The phone's spinning circle ends, and what was answered cannot be answered again."""
    try:
        if press.callback_id:
            await _unless(client, _TOO_LATE, "answerCallbackQuery", callback_query_id=press.callback_id)
    finally:
        message = press.reference.message
        if message.isdigit():
            where = {**chat_fields(press.reference.chat), "message_id": int(message)}
            await _unless(client, _BARE_ALREADY, "editMessageReplyMarkup", **where)


async def leave(client: BotClient, address: str) -> None:
    await _unless(client, _AWAY_ALREADY, "leaveChat", chat_id=chat_fields(address)["chat_id"])


async def _unless(client: BotClient, harmless: tuple[str, ...], method: str, **params: Any) -> None:
    try:
        await client.call(method, **params)
    except Refusal as refusal:
        if not any(words in refusal.description.lower() for words in harmless):
            raise
