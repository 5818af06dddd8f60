"""What a good answer to a send says: the numbers of the new messages and ids for sending their files again.

Read from the raw answer: it was sent even if a field python-telegram-bot insists on is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from appliance import Piece, Reference, Sent
from appliance_telegram.answers import NotAnAnswer, read_answer
from appliance_telegram.border import Raw, read_id, section
from appliance_telegram.remote_files import read_file, read_photo


def read_sent(piece: Piece, address: str, status: int, body: bytes) -> Sent:
    """Raises answers.Refusal, and answers.NotAnAnswer when it names no message."""
    result = read_answer(status, body)
    messages = [result] if isinstance(result, dict) else result
    if not isinstance(messages, list) or not messages:
        raise NotAnAnswer
    references = [Reference(address, _number(message)) for message in messages]
    return Sent(tuple(_match(piece, references)), _remote_ids(piece, messages))


def _number(message: Any) -> str:
    number = read_id(message, "message_id") if isinstance(message, dict) else ""
    if not number:
        raise NotAnAnswer
    return number


def _match(piece: Piece, references: Sequence[Reference]) -> list[tuple[int, Reference]]:
    """Items of an album get a message each; words sent with the first belong to that one."""
    places = {item["position"]: place for place, item in enumerate(piece.payload.get("items", ()))}
    return [(position, references[min(places.get(position, 0), len(references) - 1)]) for position in piece.parts]


def _remote_ids(piece: Piece, messages: Sequence[Raw]) -> Mapping[int, str]:
    found: dict[int, str] = {}
    for item, message in zip(piece.payload.get("items", ()), messages, strict=False):
        kind = item["kind"]
        # An id fits only the call it came from. Telegram may have made something else of the file (a silent video an
        # animation), and so may we (a photo that is too large a document).
        file = read_photo(message, "photo")[0] if kind == "photo" else read_file(section(message, kind))
        if file is not None and "instead_of" not in item:
            found[item["position"]] = file.remote_id
    return found
