"""What this version has no bubble of its own for: named as Telegram names it, with whatever words it holds."""

from __future__ import annotations

from typing import Any

from appliance import IncomingPart
from appliance_telegram.border import Raw, mend, read_text, section
from appliance_telegram.entities import read_entities
from appliance_telegram.remote_files import read_file, read_thumbnail

# Fields that say how, when and by whom a message was sent, not what it is.
_ENVELOPE = frozenset(
    "message_id message_thread_id direct_messages_topic from sender_chat sender_boost_count sender_business_bot "
    "sender_tag receiver_user ephemeral_message_id date guest_query_id business_connection_id chat forward_origin "
    "is_topic_message is_automatic_forward reply_to_message external_reply quote reply_to_story "
    "reply_to_checklist_task_id reply_to_poll_option_id via_bot guest_bot_caller_user guest_bot_caller_chat edit_date "
    "has_protected_content is_from_offline is_paid_post media_group_id author_signature paid_star_count entities "
    "link_preview_options suggested_post_info effect_id caption caption_entities show_caption_above_media "
    "has_media_spoiler reply_markup user_shared forward_from forward_from_chat forward_from_message_id "
    "forward_signature forward_sender_name forward_date views forwards reactions".split()
)
_WORDS = ("title", "description", "prize_description", "question", "button_text", "data", "first_name", "caption")
# Their words are ciphers.
_SEALED = ("passport_data",)
_DEEPEST = 12
_LINES = 200
_LONGEST = 4096


def read_unknown(message: Raw) -> IncomingPart:
    """A part that is never empty: it has at least a name."""
    name = next((key for key in message if key not in _ENVELOPE and key.isidentifier()), "message")[:64]
    caption = read_text(message, "caption") or read_text(message, "text")
    entities = read_entities(caption, message, "caption_entities")
    told = None if name in ("text", "message", *_SEALED) else message.get(name)
    lines = [caption, *_collect(told)]
    raw = section(message, name)
    return IncomingPart(
        "unknown",
        "\n".join(line for line in lines if line)[:_LONGEST],
        entities,
        read_file(raw),
        read_thumbnail(raw),
        {"name": mend(name)},
    )


def _collect(value: Any, depth: int = 0) -> list[str]:
    """The lines of text in a structure nobody has seen before."""
    lines: list[str] = []
    if depth > _DEEPEST:
        return lines
    if isinstance(value, list):
        for item in value[:_LINES]:
            lines += _collect(item, depth + 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            lines += [_inline(item)] if key == "text" else _words(key, item, depth)
    return [line for line in lines if line][:_LINES]


def _words(key: str, item: Any, depth: int) -> list[str]:
    if isinstance(item, str):
        return [mend(item[:_LONGEST])] if key in _WORDS else []
    return _collect(item, depth + 1)


def _inline(value: Any, depth: int = 0) -> str:
    """Rich text is a string, an object with `text`, or a list of these: one line."""
    if depth > _DEEPEST:
        return ""
    if isinstance(value, str):
        return mend(value[:_LONGEST])
    if isinstance(value, dict):
        return _inline(value.get("text"), depth + 1)
    if isinstance(value, list):
        return "".join(_inline(item, depth + 1) for item in value[:_LINES])
    return ""
