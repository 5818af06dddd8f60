"""reply_markup: inline buttons, reply keyboards, and the limits both have."""

from __future__ import annotations

from typing import Any

from appliance_sandbox.server.errors import bad_request
from appliance_sandbox.server.parameters import Parameters

Json = dict[str, Any]
MOST_BUTTONS = 100
MOST_IN_ROW = 8
MOST_DATA = 64  # bytes of callback_data
ASKING = {"request_contact": "phone number", "request_location": "location", "request_poll": "poll"}
BELOW_INPUT = ("keyboard", "remove_keyboard", "force_reply")


def read_markup(parameters: Parameters, name: str = "reply_markup") -> Json:
    """The markup as sent; empty when there is none. ApiError 400 for one the server would refuse."""
    markup = parameters.mapping(name)
    if "inline_keyboard" in markup:
        for button in _buttons(markup["inline_keyboard"]):
            _check_inline(button)
    elif "keyboard" in markup:
        rows = [[_as_button(button) for button in row] for row in _rows(markup["keyboard"])]
        return {**markup, "keyboard": rows}
    elif markup and not any(name in markup for name in BELOW_INPUT):
        raise bad_request("object expected as reply markup")
    return markup


def check_asking(markup: Json, chat: Json) -> None:
    """ApiError 400 for keys that ask for a number, a place or a poll anywhere but in a private chat."""
    if chat["type"] == "private":
        return
    for button in (button for row in markup.get("keyboard", []) for button in row):
        for key, what in ASKING.items():
            # An empty object asks too: any kind of poll.
            if button.get(key, False) is not False:
                raise bad_request(f"{what} can be requested in private chats only")


def _check_inline(button: Any) -> None:
    if not isinstance(button, dict) or not button.get("text"):
        raise bad_request("can't parse inline keyboard button: Text buttons must be non-empty")
    if len(button) < 2:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= MOST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")


def _as_button(button: Any) -> Json:
    if isinstance(button, str):
        return {"text": button}
    if isinstance(button, dict) and button.get("text"):
        return button
    raise bad_request('can\'t parse keyboard button: Field "text" must be non-empty')


def _buttons(rows: Any) -> list[Any]:
    return [button for row in _rows(rows) for button in row]


def _rows(rows: Any) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse reply keyboard markup JSON object")
    if any(len(row) > MOST_IN_ROW for row in rows) or sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return rows
