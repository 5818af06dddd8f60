"""A message, new or edited, of the bot's own chats or of a connected business account."""

from __future__ import annotations

from datetime import datetime

from appliance import (
    Chat,
    Ignored,
    Incoming,
    IncomingMessage,
    IncomingPosition,
    IncomingStart,
    Person,
    Reference,
    Unreadable,
)
from appliance_telegram.border import Raw, read_id, read_line, read_moment, read_text, section
from appliance_telegram.origins import read_origin
from appliance_telegram.parts import read_parts, read_place, shares_own_number
from appliance_telegram.people import read_author, read_chat, read_person
from appliance_telegram.service_messages import read_service

_PAYLOAD = 64


def read_message(message: Raw, update_id: str, account_id: str, *, edited: bool) -> tuple[Incoming, ...]:
    """What a message means for the desk. Raises Unreadable."""
    chat, author = read_chat(message), _read_writer(message)
    at = read_moment(message, "edit_date", "date") if edited else read_moment(message, "date")
    reference = Reference(chat.external_id, _number(message, update_id))
    if _is_our_own(message, account_id):
        return (Ignored("this bot sent it"),)
    if told := read_service(message, chat, author, at, account_id):
        return told
    if edited and "location" in message and (place := read_place(section(message, "location"))):
        return (IncomingPosition(chat, author, reference, at, place),)
    if not edited and (start := _read_start(message, chat, author, reference, at)):
        return (start,)
    return (_read_content(message, chat, author, reference, at, edited),)


def _read_content(
    message: Raw, chat: Chat, author: Person, reference: Reference, at: datetime, edited: bool
) -> IncomingMessage:
    return IncomingMessage(
        chat=chat,
        author=author,
        reference=reference,
        at=at,
        parts=read_parts(message),
        edited=edited,
        reply_to=_read_reply(message, chat),
        quote=read_text(section(message, "quote"), "text")[:1024],
        album=read_id(message, "media_group_id"),
        forwarded_from=read_origin(message),
        from_staff=_is_owners(message),
    )


def _read_writer(message: Raw) -> Person:
    if shares_own_number(message):
        return read_person(section(message, "from"), read_line(section(message, "contact"), "phone_number", 32))
    return read_author(message)


def _number(message: Raw, update_id: str) -> str:
    """The message's own number; fleeting messages all have 0 and are told apart by another."""
    number = read_id(message, "message_id")
    if number and number != "0":
        return number
    fleeting = read_id(message, "ephemeral_message_id")
    if not fleeting and not update_id:
        raise Unreadable("the message has no number")
    return f"e{fleeting}" if fleeting else f"u{update_id}"


def _is_our_own(message: Raw, account_id: str) -> bool:
    """Answers we sent for a business account come back to us."""
    senders = (section(message, "sender_business_bot"), section(message, "from"))
    return bool(account_id) and any(read_id(sender, "id") == account_id for sender in senders)


def _is_owners(message: Raw) -> bool:
    """In a business account's chats the chat is the customer; anybody else is the owner answering by hand."""
    sender = read_id(section(message, "from"), "id")
    business = read_id(message, "business_connection_id")
    return bool(business and sender) and sender != read_id(section(message, "chat"), "id")


def _read_start(message: Raw, chat: Chat, author: Person, reference: Reference, at: datetime) -> IncomingStart | None:
    command, _, payload = read_text(message, "text").partition(" ")
    if chat.kind != "private" or command.partition("@")[0] != "/start" or "business_connection_id" in message:
        return None
    return IncomingStart(chat, author, reference, at, payload.strip()[:_PAYLOAD])


def _read_reply(message: Raw, chat: Chat) -> Reference | None:
    """The answered message, if it stands in this chat and is not merely the topic this one belongs to."""
    answered = section(message, "reply_to_message")
    number = read_id(answered, "message_id")
    if not number or number == "0" or _is_topics_head(message, answered, number):
        return None
    elsewhere = read_id(section(answered, "chat"), "id")
    if elsewhere and elsewhere != read_id(section(message, "chat"), "id"):
        return None
    return Reference(chat.external_id, number)


def _is_topics_head(message: Raw, answered: Raw, number: str) -> bool:
    """Messages of a topic that answer nothing point at the one that opened it, which has the topic's number."""
    opened = message.get("is_topic_message") is True and number == read_id(message, "message_thread_id")
    return opened or "forum_topic_created" in answered
