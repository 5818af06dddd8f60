"""A chat of the bot is named by its id; a chat of a connected business account by '<connection>:<id>'."""

from __future__ import annotations

from typing import Any


def write_address(business: str, chat: str) -> str:
    """Chat ids of a business account overlap with the bot's own chats, so its connection belongs to the name."""
    return f"{business}:{chat}" if business else chat


def read_address(address: str) -> tuple[str, str]:
    """(business connection or '', chat id)."""
    business, _, chat = address.rpartition(":")
    return business, chat


def chat_fields(address: str) -> dict[str, Any]:
    """The chat as Bot API calls name it."""
    business, chat = read_address(address)
    fields: dict[str, Any] = {"chat_id": int(chat) if chat.lstrip("-").isdigit() else chat}
    return {**fields, "business_connection_id": business} if business else fields
