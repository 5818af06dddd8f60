"""Messages the messenger itself writes into a chat: who came, who left, a new title, a move."""

from __future__ import annotations

from typing import Any

SERVICE = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "pinned_message",
        "message_auto_delete_timer_changed",
        "write_access_allowed",
        "users_shared",
    }
)


def is_service(message: dict[str, Any]) -> bool:
    return not SERVICE.isdisjoint(message)
