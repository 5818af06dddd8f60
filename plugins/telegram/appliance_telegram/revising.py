"""The Bot API calls that change or take away what was sent, and what their answers mean.

Doing one twice comes to the same, so an answer that never came is no reason to ask a person.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from appliance import Piece, Reference, SendError, Sent
from appliance_telegram.addresses import chat_fields
from appliance_telegram.answers import Refusal, read_answer
from appliance_telegram.revisions import DELETE, EDIT_TEXT, KINDS

if TYPE_CHECKING:
    from telegram import Bot

_DONE_ALREADY = ("message is not modified", "message to delete not found", "message_not_modified")


Call = tuple[Callable[..., Awaitable[object]], dict[str, Any]]


def is_revision(piece: Piece) -> bool:
    return piece.kind in KINDS


def check_chat(piece: Piece, address: str) -> None:
    """A group that has moved since numbers its messages anew. Raises SendError."""
    if is_revision(piece) and piece.payload["chat"] != address:
        raise SendError("message_gone", permanent=True)


def read_revised(piece: Piece, address: str, status: int, body: bytes) -> Sent:
    """Nothing new is at the customer's; raises answers.Refusal and answers.NotAnAnswer."""
    try:
        read_answer(status, body)
    except Refusal as refusal:
        if not any(words in refusal.description.lower() for words in _DONE_ALREADY):
            raise
    deleted = piece.payload["messages"] if piece.kind == DELETE else ()
    return Sent((), gone=tuple(Reference(address, str(number)) for number in deleted))


def revision_call(bot: Bot, address: str, piece: Piece, formatting: Mapping[str, Any]) -> Call:
    """The method and its fields; `formatting` is the piece's words, keyboard and preview under the Bot API's names."""
    where = chat_fields(address)
    if piece.kind == DELETE:
        return _deletion(bot, where, [int(number) for number in piece.payload["messages"]])
    method = bot.edit_message_text if piece.kind == EDIT_TEXT else bot.edit_message_caption
    return method, {**where, "message_id": int(piece.payload["message"]), **formatting}


def _deletion(bot: Bot, where: dict[str, Any], numbers: list[int]) -> Call:
    if "business_connection_id" in where:
        # The connection says which chats are meant; all messages of a piece are of one.
        del where["chat_id"]
        return bot.delete_business_messages, {**where, "message_ids": numbers}
    if len(numbers) == 1:
        # Of several, those that may not be deleted can be passed over without a word.
        return bot.delete_message, {**where, "message_id": numbers[0]}
    return bot.delete_messages, {**where, "message_ids": numbers}
