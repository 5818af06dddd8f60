"""The sample conversations: read from their data file, played step by step on a customer's phone."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from appliance_sandbox.control import Phone
from appliance_sandbox.ready import SAMPLES, sample

Json = dict[str, Any]
LIVE_SECONDS = 8 * 3600
FILE = SAMPLES / "conversations.toml"


@dataclass(frozen=True, slots=True)
class Conversation:
    """`customer` holds the fields of a User; each step is one of the kinds the data file explains."""

    name: str
    customer: Json
    steps: tuple[Json, ...]


@cache
def conversations() -> tuple[Conversation, ...]:
    found = tomllib.loads(FILE.read_text("utf-8"))["conversation"]
    return tuple(Conversation(one["name"], one["customer"], tuple(one["steps"])) for one in found)


def play_step(phone: Phone, step: Json) -> None:
    """A customer's step. Staff's (`reply`) is not the phone's to play, and neither is one that takes time (`drive`)."""
    when: Json = {"date": int(time.time() - step["ago"] * 60)} if "ago" in step else {}
    for kind, play in STEPS.items():
        if kind in step:
            play(phone, step, when)
            return
    raise ValueError(f"a step of no known kind: {step}")


def _say(phone: Phone, step: Json, when: Json) -> None:
    phone.write(step["say"], **when)


def _send(phone: Phone, step: Json, when: Json) -> None:
    phone.send(step["send"], sample(step["file"]), caption=step.get("caption", ""), **when)


def _album(phone: Phone, step: Json, when: Json) -> None:
    phone.album([("photo", sample(file), "") for file in step["album"]], **when)


def _location(phone: Phone, step: Json, when: Json) -> None:
    phone.location(*step["location"], **when)


def _live(phone: Phone, step: Json, when: Json) -> None:
    """A way that was come until now."""
    start, *way = step["live"]
    seconds = step["ago"] * 60
    latitude, longitude = start
    begun = phone.location(latitude, longitude, LIVE_SECONDS, **when)["message"]
    for number, place in enumerate(way, start=1):
        phone.move(begun["message_id"], *place, date=begun["date"] + seconds * number // len(way))


def _venue(phone: Phone, step: Json, when: Json) -> None:
    title, address, latitude, longitude = step["venue"]
    phone.do("venue", title=title, address=address, latitude=latitude, longitude=longitude, **when)


def _react(phone: Phone, step: Json, when: Json) -> None:
    answers = phone.answers()
    if answers:
        phone.react(answers[-1]["message_id"], step["react"])


STEPS: Mapping[str, Callable[[Phone, Json, Json], None]] = {
    "say": _say,
    "send": _send,
    "album": _album,
    "location": _location,
    "live": _live,
    "venue": _venue,
    "react": _react,
}
