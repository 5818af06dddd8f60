"""How somebody stands in a chat, as the ChatMember object that says so."""

from __future__ import annotations

import time
from typing import Any

Json = dict[str, Any]
MEMBER, ADMINISTRATOR, LEFT, KICKED = "member", "administrator", "left", "kicked"
INSIDE = frozenset({MEMBER, ADMINISTRATOR})
# What an administrator may do; the sandbox grants the rights a help desk could want, and no others.
GRANTED = ("can_manage_chat", "can_delete_messages", "can_invite_users", "can_pin_messages")
WITHHELD = (
    "can_be_edited", "is_anonymous", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
    "can_change_info", "can_post_stories", "can_edit_stories", "can_delete_stories", "can_send_welcome_messages",
)  # fmt: skip
# Whom an administrator speaks as who does not show themselves.
ANONYMOUS: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


def chat_member(status: str, user: Json) -> Json:
    """A ChatMember of status member, administrator, left or kicked."""
    member: Json = {"status": status, "user": user}
    if status == KICKED:
        return {**member, "until_date": 0}
    if status == ADMINISTRATOR:
        return {**member, **dict.fromkeys(GRANTED, True), **dict.fromkeys(WITHHELD, False)}
    return member


def membership_change(chat: Json, by: Json, whose: Json, old: str, new: str) -> Json:
    """A ChatMemberUpdated."""
    return {
        "chat": chat, "from": by, "date": int(time.time()),
        "old_chat_member": chat_member(old, whose), "new_chat_member": chat_member(new, whose),
    }  # fmt: skip
