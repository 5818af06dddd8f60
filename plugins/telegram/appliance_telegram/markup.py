"""What stands below a message: quick answers to press, or the messenger's own button for what is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from appliance import Ask, Manner, OutgoingPart, Piece
from appliance_telegram import limits
from appliance_telegram.addresses import read_address
from appliance_telegram.border import mend

Markup = Mapping[str, Any]
# How the button asks, and what stands on it when nobody has said so in the customer's language.
REQUESTS: dict[Ask, tuple[str, str]] = {
    "location": ("request_location", "📍"),
    "phone": ("request_contact", "📞"),
}


def write_markup(address: str, parts: Sequence[OutgoingPart], manner: Manner) -> Markup | None:
    """A keyboard as the Bot API takes it. The label of the button for what is asked for is a part's data["button"]."""
    request = _write_request(address, parts, manner)
    labels = [_shorten(label) for label in manner.buttons]
    if request is None:
        return _write_answers(labels)
    # A message has one keyboard. Pressing a plain button of this kind says its words, as typing them would.
    rows = [[request], *([{"text": label}] for label in labels if label)]
    return {"keyboard": rows, "one_time_keyboard": True, "resize_keyboard": True}


def is_editable(markup: Markup | None) -> bool:
    """Telegram lets a message with a keyboard for the customer's input stay as it is for ever."""
    return markup is None or "inline_keyboard" in markup


def can_carry(piece: Piece) -> bool:
    """An album takes no keyboard."""
    return piece.kind != "album"


def attach_markup(pieces: Sequence[Piece], markup: Markup | None) -> tuple[Piece, ...]:
    """The last message that can have the keyboard has it, so that it stands at the end of the chat."""
    place = max((place for place, piece in enumerate(pieces) if can_carry(piece)), default=None)
    if markup is None or place is None:
        return tuple(pieces)
    carrier = replace(pieces[place], payload={**pieces[place].payload, "markup": markup})
    return (*pieces[:place], carrier, *pieces[place + 1 :])


def _write_request(address: str, parts: Sequence[OutgoingPart], manner: Manner) -> dict[str, Any] | None:
    business, chat = read_address(address)
    # Only the bot's own private chats know such buttons.
    if manner.ask not in REQUESTS or business or chat.startswith("-"):
        return None
    name, sign = REQUESTS[manner.ask]
    labels = (_shorten(str(part.data.get("button") or "")) for part in parts)
    return {"text": next(filter(None, labels), sign), name: True}


def _write_answers(labels: Sequence[str]) -> Markup | None:
    buttons = [{"text": label, "callback_data": f"answer:{place}"} for place, label in enumerate(labels) if label]
    if not buttons:
        return None
    in_one_row = sum(len(button["text"]) for button in buttons) <= limits.BUTTONS_IN_A_ROW
    return {"inline_keyboard": [buttons] if in_one_row else [[button] for button in buttons]}


def _shorten(label: str) -> str:
    words = " ".join(mend(label).split())
    return words if len(words) <= limits.BUTTON else f"{words[: limits.BUTTON - 1]}…"
