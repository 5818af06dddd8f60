"""A chat of the bot is named by its id; a chat of a connected business account by '<connection>:<id>'."""

from __future__ import annotations


def write_address(business: str, chat: str) -> str:
    """Chat ids of a business account overlap with the bot's own chats, so its connection belongs to the name."""
    return f"{business}:{chat}" if business else chat


def read_address(address: str) -> tuple[str, str]:
    """(business connection or '', chat id)."""
    business, _, chat = address.rpartition(":")
    return business, chat
