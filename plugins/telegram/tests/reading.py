"""Short ways to read a sample, or a message of one's own making."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from appliance import Incoming, IncomingMessage, IncomingPart
from appliance_telegram.reader import read_update

SAMPLES = Path(__file__).parent / "updates"
BOT = "7000000001"
ANNA = {"id": 5, "is_bot": False, "first_name": "Anna", "language_code": "ru"}


def read_sample(name: str) -> Incoming:
    (value,) = read_update((SAMPLES / f"{name}.json").read_bytes(), BOT)
    return value


def read(content: dict[str, Any], kind: str = "message", bot: str = BOT) -> Incoming:
    frame = {"message_id": 7, "date": 1784480000, "from": ANNA, "chat": {"id": 5, "type": "private"}}
    (value,) = read_update(json.dumps({"update_id": 1, kind: {**frame, **content}}).encode(), bot)
    return value


def read_message(content: dict[str, Any], kind: str = "message") -> IncomingMessage:
    value = read(content, kind)
    assert isinstance(value, IncomingMessage)
    return value


def read_part(content: dict[str, Any]) -> IncomingPart:
    (part,) = read_message(content).parts
    return part
