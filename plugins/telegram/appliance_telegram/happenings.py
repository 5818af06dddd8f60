"""Updates that are no messages: reactions, pressed buttons, changes of who may write to whom."""

from __future__ import annotations

from appliance import (
    Chat,
    Ignored,
    Incoming,
    IncomingButton,
    IncomingReaction,
    IncomingState,
    Person,
    Reference,
    Unreadable,
    mark,
)
from appliance_telegram.border import Raw, read_id, read_line, read_moment, read_text, section, sections
from appliance_telegram.people import read_chat, read_person_or, read_voice

# Reactions without a character of their own.
_CUSTOM_EMOJI = "✨"
_PAID = "⭐"
_PRESENT = ("member", "administrator", "creator")
_ABSENT = ("left", "kicked")
# Words after the name of who did it.
PROMOTED = mark("made the bot an administrator: it sees every message now")
DEMOTED = mark("took the bot's administrator rights away")
SILENCED = mark("forbade the bot to write in the group")
ALLOWED = mark("allowed the bot to write in the group again")


def read_reaction(raw: Raw) -> Incoming:
    chat = read_chat(raw)
    emojis = (_read_emoji(reaction) for reaction in sections(raw, "new_reaction"))
    reference = Reference(chat.external_id, _required(raw, "message_id"))
    shown = tuple(dict.fromkeys(emoji for emoji in emojis if emoji))
    return IncomingReaction(chat, _read_actor(raw, "user", chat), reference, read_moment(raw, "date"), shown)


def _read_emoji(reaction: Raw) -> str:
    if reaction.get("type") == "paid":
        return _PAID
    return read_line(reaction, "emoji", 16) or _CUSTOM_EMOJI


def _read_actor(raw: Raw, user: str, chat: Chat) -> Person:
    speaker = section(raw, "actor_chat")
    if read_id(speaker, "id"):
        return read_voice(speaker)
    return read_person_or(Person(chat.external_id, chat.title), section(raw, user))


def read_button(raw: Raw) -> Incoming:
    """The press itself carries no time: it is now."""
    message = section(raw, "message")
    if not message or not isinstance(raw.get("data"), str):
        return Ignored("a button of an inline message or game, which we never send")
    chat = read_chat(message)
    reference = Reference(chat.external_id, _required(message, "message_id"))
    author = _read_actor(raw, "from", chat)
    return IncomingButton(chat, author, reference, read_moment(raw), read_text(raw, "data")[:64], _required(raw, "id"))


def read_membership(raw: Raw) -> Incoming:
    """What became of the bot itself in a chat."""
    if section(raw, "chat").get("type") == "channel":
        return Ignored("posts of channels are not a customer's messages")
    chat, at = read_chat(raw), read_moment(raw, "date")
    author = _read_actor(raw, "from", chat)
    old, new = section(raw, "old_chat_member"), section(raw, "new_chat_member")
    before, after = _is_present(old), _is_present(new)
    if after is None:
        return Ignored("a status of the bot that this version does not know")
    if chat.kind == "private":
        return IncomingState(chat, at, "unblocked" if after else "blocked", author)
    if before != after:
        return IncomingState(chat, at, "joined" if after else "left", author)
    words = _tell_rights(old, new) if after else ""
    return IncomingState(chat, at, "note", author, text=words) if words else Ignored("nothing changed that matters")


def _tell_rights(old: Raw, new: Raw) -> str:
    """What changed for the bot in a group it stays in: what it sees and whether it can answer."""
    if _may_write(old) != _may_write(new):
        return ALLOWED if _may_write(new) else SILENCED
    if _is_administrator(old) != _is_administrator(new):
        return PROMOTED if _is_administrator(new) else DEMOTED
    return ""


def _may_write(member: Raw) -> bool:
    return member.get("status") != "restricted" or member.get("can_send_messages") is not False


def _is_administrator(member: Raw) -> bool:
    return member.get("status") in ("administrator", "creator")


def _is_present(member: Raw) -> bool | None:
    status = member.get("status")
    if status == "restricted":
        return member.get("is_member") is not False
    return True if status in _PRESENT else False if status in _ABSENT else None


def _required(raw: Raw, key: str) -> str:
    number = read_id(raw, key)
    if not number:
        raise Unreadable(f"it has no {key}")
    return number
