"""What a journal row means: raw bytes in, values out. Nothing is asked of anybody."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from appliance import Ignored, Incoming, Unreadable
from appliance_telegram.border import Raw, mend, read_id
from appliance_telegram.happenings import read_button, read_membership, read_reaction
from appliance_telegram.messages import read_message

# What a reader that meets the unforeseen can raise; the row is kept and the next one read.
_SURPRISES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_MESSAGES = {
    "message": False,
    "edited_message": True,
    "business_message": False,
    "edited_business_message": True,
}
_HAPPENINGS: dict[str, Callable[[Raw], Incoming]] = {
    "callback_query": read_button,
    "message_reaction": read_reaction,
    "my_chat_member": read_membership,
}
_IGNORED = {
    "business_connection": "the business account's settings changed; its messages carry what is needed",
    "deleted_business_messages": "the customer deleted messages in the business account; what was received is kept",
    "guest_message": "the bot was mentioned in a chat it does not belong to",
    "message_reaction_count": "anonymous reactions are only counted",
    "channel_post": "posts of channels are not a customer's messages",
    "edited_channel_post": "posts of channels are not a customer's messages",
    "chat_member": "changes of other members are told in the group itself",
}


def read_update(raw: bytes, account_id: str) -> tuple[Incoming, ...]:
    """Every value an update stands for, at least one. Raises Unreadable and nothing else."""
    try:
        return _read(_decode(raw), account_id)
    except Unreadable:
        raise
    except _SURPRISES as error:
        raise Unreadable(f"{type(error).__name__}: {mend(str(error))[:200]}") from None


def _decode(raw: bytes) -> Raw:
    """The update; rows kept from an answer that could not be taken apart are unwrapped."""
    update = json.loads(raw.decode("utf-8", "replace"))
    if isinstance(update, dict) and isinstance(update.get("result"), list) and update["result"]:
        update = update["result"][0]
    if not isinstance(update, dict):
        raise Unreadable("it is no update")
    return update


def _read(update: Raw, account_id: str) -> tuple[Incoming, ...]:
    kind, content = _find_content(update)
    if kind in _MESSAGES:
        return read_message(content, read_id(update, "update_id"), account_id, edited=_MESSAGES[kind])
    if kind in _HAPPENINGS:
        return (_HAPPENINGS[kind](content),)
    return (Ignored(_IGNORED.get(kind) or f"updates of the kind {mend(kind)[:64]} are not used"),)


def _find_content(update: Raw) -> tuple[str, Any]:
    known = next((kind for kind in (*_MESSAGES, *_HAPPENINGS) if kind in update), "")
    if known and not isinstance(update[known], dict):
        raise Unreadable(f"its {known} is no object")
    kind = known or next((kind for kind in update if kind != "update_id"), "")
    if not kind:
        raise Unreadable("it is empty")
    return kind, update[kind]
