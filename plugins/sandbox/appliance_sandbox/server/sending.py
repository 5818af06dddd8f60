"""What every send has in common: may the bot speak there, what does it reply to, store and show it."""

from __future__ import annotations

from typing import Any

from appliance_sandbox.server.calls import Call
from appliance_sandbox.server.entities import Formatted, read_formatted
from appliance_sandbox.server.errors import ApiError, bad_request, forbidden
from appliance_sandbox.server.keyboards import BELOW_INPUT, check_asking, read_markup
from appliance_sandbox.server.standing import INSIDE
from appliance_sandbox.server.units import length

Json = dict[str, Any]
LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024


def find_chat(call: Call, name: str = "chat_id") -> Json:
    """The chat a parameter names, by number or @name."""
    wanted = call.parameters.text(name)
    chats = call.sandbox.chats
    try:
        return chats.get(chats.id_of(wanted[1:]) if wanted.startswith("@") else int(wanted))
    except (LookupError, ValueError, OverflowError):
        raise bad_request("chat not found") from None


def open_chat(call: Call) -> Json:
    """The chat to send to; ApiError where the bot may not speak."""
    chat = find_chat(call)
    if "business_connection_id" in call.parameters:
        raise bad_request("business connection not found")
    if call.parameters.integer("message_thread_id"):
        raise bad_request("message thread not found")
    if moved := call.sandbox.chats.migrated_to(chat["id"]):
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=moved)
    seat = call.sandbox.chats.seat(call.bot.id, chat["id"])
    if refusal := _refusal(call, chat, seat.state if seat else ""):
        raise refusal
    return chat


def _refusal(call: Call, chat: Json, state: str) -> ApiError | None:
    if chat["type"] == "private":
        if call.sandbox.people.is_deactivated(chat["id"]):
            return forbidden("user is deactivated")
        if not state:
            return forbidden("bot can't initiate conversation with a user")
        return forbidden("bot was blocked by the user") if state == "blocked" else None
    if state == "kicked":
        return forbidden(f"bot was kicked from the {chat['type']} chat")
    return None if state in INSIDE else forbidden(f"bot is not a member of the {chat['type']} chat")


def send(call: Call, chat: Json, content: Json) -> Json:
    """Store a message of the bot with what the common parameters add; answers the Message."""
    extras = _reply(call, chat)
    markup = read_markup(call.parameters)
    check_asking(markup, chat)
    if "inline_keyboard" in markup:
        extras["reply_markup"] = markup
    if call.parameters.flag("protect_content"):
        extras["has_protected_content"] = True
    sandbox = call.sandbox
    message = sandbox.messages.add(call.bot.id, chat, call.bot.user(), {**extras, **content}, by_bot=True)
    if any(name in markup for name in BELOW_INPUT):
        sandbox.chats.show_keyboard(call.bot.id, chat["id"], markup if "keyboard" in markup else None)
    return message


def read_text(call: Call) -> Formatted:
    """The `text` of a call; ApiError for an empty or a too long one."""
    formatted = read_formatted(call.parameters, "text", "entities")
    if not formatted.text:
        raise bad_request("message text is empty")
    if length(formatted.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return formatted


def read_message_text(call: Call) -> Json:
    """The content of a text message: text, entities, how links are shown."""
    content = read_text(call).fields("text", "entities")
    preview = call.parameters.mapping("link_preview_options")
    return {**content, "link_preview_options": preview} if preview else content


def check_caption(formatted: Formatted) -> Formatted:
    if length(formatted.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def read_caption(call: Call) -> Json:
    """The caption fields of a call; nothing without a caption."""
    formatted = check_caption(read_formatted(call.parameters, "caption", "caption_entities"))
    fields = formatted.fields("caption", "caption_entities")
    if fields and call.parameters.flag("show_caption_above_media"):
        fields["show_caption_above_media"] = True
    return fields


def _reply(call: Call, chat: Json) -> Json:
    wanted = call.parameters.mapping("reply_parameters")
    message_id = wanted.get("message_id") or call.parameters.integer("reply_to_message_id")
    if not message_id:
        return {}
    stored = call.sandbox.messages.get(call.bot.id, chat["id"], int(message_id))
    if not stored:
        if wanted.get("allow_sending_without_reply") or call.parameters.flag("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return {**quoted(stored.body), **quote_of(stored.body, str(wanted.get("quote") or ""))}


def quoted(message: Json) -> Json:
    """The field that makes a message a reply to this one; replies do not nest."""
    return {"reply_to_message": {name: value for name, value in message.items() if name != "reply_to_message"}}


def quote_of(message: Json, quote: str) -> Json:
    """The field that quotes a part of a message; nothing for no part. ApiError for words it does not have."""
    if not quote:
        return {}
    text = message.get("text") or message.get("caption") or ""
    if quote not in text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return {"quote": {"text": quote, "position": length(text[: text.index(quote)]), "is_manual": True}}
