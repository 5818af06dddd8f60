"""Places and contacts that staff send: checked into the data of their parts."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from appliance.services.letters import OutboxError
from appliance.values import Json, OutgoingPart

KINDS = ("location", "venue", "contact")
LONGEST_NAME = 64
LONGEST_TITLE = 120
LONGEST_ADDRESS = 200
FARTHEST_ACCURACY = 1500.0
_PHONE = re.compile(r"\+?\d{5,15}", re.ASCII)


def checked(parts: Sequence[OutgoingPart]) -> tuple[OutgoingPart, ...]:
    """Each with clean data. Raises OutboxError: bad_place, bad_contact, cannot_send."""
    return tuple(replace(part, text="", entities=(), data=_data(part)) for part in parts)


def _data(part: OutgoingPart) -> dict[str, Any]:
    if part.kind == "contact":
        return _contact(part.data)
    if part.kind not in KINDS:
        raise OutboxError("cannot_send")
    place = _position(part.data)
    return place if part.kind == "location" else {**place, **_name(part.data, place)}


def _position(data: Json) -> dict[str, Any]:
    made = {"latitude": _number(data, "latitude", 90), "longitude": _number(data, "longitude", 180)}
    if data.get("accuracy") in (None, ""):
        return made
    return {**made, "accuracy": abs(_number(data, "accuracy", FARTHEST_ACCURACY))}


def _number(data: Json, name: str, most: float) -> float:
    try:
        value = float(data[name])
    except (KeyError, TypeError, ValueError):
        raise OutboxError("bad_place") from None
    if not math.isfinite(value) or abs(value) > most:
        raise OutboxError("bad_place")
    return value


def _name(data: Json, place: Mapping[str, Any]) -> dict[str, Any]:
    """A place without an address is told by where it lies."""
    title = _line(data, "title", LONGEST_TITLE)
    if not title:
        raise OutboxError("bad_place")
    address = _line(data, "address", LONGEST_ADDRESS)
    return {"title": title, "address": address or f"{place['latitude']:.5f}, {place['longitude']:.5f}"}


def _contact(data: Json) -> dict[str, Any]:
    name = _line(data, "name", LONGEST_NAME)
    phone = re.sub(r"[\s().-]", "", str(data.get("phone") or ""))
    if not name or not _PHONE.fullmatch(phone):
        raise OutboxError("bad_contact")
    return {"name": name, "phone": phone}


def _line(data: Json, name: str, longest: int) -> str:
    return " ".join(str(data.get(name) or "").split())[:longest].strip()
