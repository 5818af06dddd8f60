"""Takes an answer to getUpdates apart without touching the bytes of the updates in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from appliance import RawUpdate
from appliance_telegram.addresses import write_address
from appliance_telegram.border import read_id

_DECODER = json.JSONDecoder()
_RESULT = re.compile(r'\s*\{\s*"ok"\s*:\s*true\s*,\s*"result"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_UPDATE_ID = re.compile(rb'"update_id"\s*:\s*([0-9]{1,18})\b')
_CHAT_ID = re.compile(rb'"chat"\s*:\s*\{\s*"id"\s*:\s*(-?[0-9]{1,18})\b')
_GREATEST_ID = 1 << 62


class Undecodable(Exception):
    """The answer cannot be taken apart."""


@dataclass(frozen=True)
class Batch:
    """Rows for the journal, and the offset that acknowledges them; None when there is nothing to acknowledge."""

    rows: tuple[RawUpdate, ...]
    next_offset: int | None


def read_batch(body: bytes) -> Batch:
    """The updates of an answer, each with the bytes that stood for it. Raises Undecodable."""
    try:
        found = list(_split(body.decode("utf-8")))
    except (ValueError, RecursionError) as error:
        raise Undecodable(str(error)[:200]) from None
    numbers = [number for update, _ in found if (number := _number_of(update)) is not None]
    if found and not numbers:
        raise Undecodable("none of its updates has a number")
    rows = tuple(_row(update, text) for update, text in found)
    return Batch(rows, max(numbers) + 1 if numbers else None)


def read_pushed(body: bytes) -> RawUpdate:
    """The one update of a post, as a question for updates would have brought it; what cannot be decoded is kept."""
    try:
        text = body.decode("utf-8").strip()
        return _row(json.loads(text), text)
    except (ValueError, RecursionError):
        return keep_bytes(body).rows[0]


def keep_bytes(body: bytes) -> Batch:
    """An answer of one update that cannot be decoded, kept whole with what can still be seen of it."""
    number, chat = _UPDATE_ID.search(body), _CHAT_ID.search(body)
    external_id = number.group(1).decode() if number else ""
    row = RawUpdate(body, external_id, chat.group(1).decode() if chat else "")
    return Batch((row,), int(external_id) + 1 if external_id else None)


def is_complete(body: bytes) -> bool:
    """It ends as an answer does; what stands in it may still be nonsense."""
    return body.rstrip().endswith(b"]}")


def chat_key(update: Any) -> str:
    """The address an update belongs to, '' for none: updates of one chat are read in order."""
    for kind, value in update.items() if isinstance(update, dict) else ():
        content = value.get("message") if kind == "callback_query" and isinstance(value, dict) else value
        if not isinstance(content, dict) or not isinstance(content.get("chat"), dict):
            continue
        if chat := read_id(content["chat"], "id"):
            return write_address(read_id(content, "business_connection_id"), chat)
    return ""


def _split(text: str) -> Iterator[tuple[Any, str]]:
    """(update, its text) for each element of the result; the usual shape is cut, any other is written anew."""
    opening = _RESULT.match(text)
    whole = json.loads(text)
    if not isinstance(whole, dict) or not isinstance(whole.get("result"), list):
        raise ValueError("no list of updates")
    if opening is None:
        yield from ((update, json.dumps(update)) for update in whole["result"])
        return
    place = opening.end()
    for _ in whole["result"]:
        place = _BETWEEN.match(text, place).end()  # type: ignore[union-attr]  # the empty match always fits
        update, end = _DECODER.raw_decode(text, place)
        yield update, text[place:end]
        place = end


def _row(update: Any, text: str) -> RawUpdate:
    number = _number_of(update)
    return RawUpdate(text.encode(), "" if number is None else str(number), chat_key(update))


def _number_of(update: Any) -> int | None:
    number = update.get("update_id") if isinstance(update, dict) else None
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < _GREATEST_ID:
        return None
    return number
