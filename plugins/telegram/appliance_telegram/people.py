"""Who wrote, and where."""

from __future__ import annotations

import re
from typing import Literal

from appliance import Chat, Person, Unreadable
from appliance_telegram.addresses import write_address
from appliance_telegram.border import Raw, read_id, read_line, section

NAME = 128
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}", re.ASCII)


def read_person(user: Raw, phone: str = "") -> Person:
    """A Telegram user; nameless ones (deleted accounts) are called by user name or number."""
    number, username = read_id(user, "id"), read_line(user, "username", 64)
    language = user.get("language_code")
    return Person(
        external_id=number,
        name=read_name(user) or number,
        username=username,
        language=language if isinstance(language, str) and _LANGUAGE.fullmatch(language) else "",
        phone=phone,
    )


def read_name(holder: Raw) -> str:
    """First and last name, else the user name, of a user, contact or private chat."""
    names = (read_line(holder, "first_name", NAME), read_line(holder, "last_name", NAME))
    username = read_line(holder, "username", 64)
    return " ".join(name for name in names if name)[:NAME] or (f"@{username}" if username else "")


def read_title(chat: Raw) -> str:
    return read_line(chat, "title", NAME) or read_name(chat)


def read_author(message: Raw) -> Person:
    """The sender; an anonymous administrator or a channel speaks in its chat's name. A message of nobody is its
    chat's own."""
    speaker = section(message, "sender_chat")
    if read_id(speaker, "id"):
        return read_voice(speaker, read_line(message, "author_signature", 64))
    return read_person_or(read_voice(section(message, "chat")), section(message, "from"))


def read_person_or(other: Person, user: Raw) -> Person:
    """The user, or that other one when there is none."""
    return read_person(user) if read_id(user, "id") else other


def read_voice(chat: Raw, signature: str = "") -> Person:
    """A chat that speaks as itself."""
    name = read_title(chat) or read_id(chat, "id")
    return Person(read_id(chat, "id"), f"{name} ({signature})"[:NAME] if signature else name)


def read_chat(holder: Raw) -> Chat:
    """The chat of a message, reaction or change of membership. Raises Unreadable without one."""
    chat = section(holder, "chat")
    number = read_id(chat, "id")
    if not number:
        raise Unreadable("it names no chat")
    kind: Literal["private", "group"] = "private" if chat.get("type", "private") == "private" else "group"
    if kind == "private" and number.startswith("-"):
        kind = "group"
    return Chat(write_address(read_id(holder, "business_connection_id"), number), kind, read_title(chat))
