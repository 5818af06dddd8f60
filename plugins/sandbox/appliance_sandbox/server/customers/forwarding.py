"""Messages from elsewhere: of a person, of somebody who hides, of a channel, of a group."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping

from appliance_sandbox.server.customers.acts import Act, Json, act, deliver
from appliance_sandbox.server.entities import format_text

MOST = 100
EARLIER = 3600  # seconds the first of them is older than the forwarding


@act("forward")
def forward(act: Act) -> Json:
    """`texts`, one message each, all forwarded at once from `origin`: user, hidden_user, channel or chat.

    `name` is the origin's name. Answers `messages` and `update_ids`.
    """
    texts, kind = act.fields.listing("texts"), act.fields.text("origin") or "user"
    if kind not in ORIGINS:
        raise ValueError(f"an origin is one of {', '.join(ORIGINS)}")
    if not 1 <= len(texts) <= MOST:
        raise ValueError(f"1 to {MOST} texts are forwarded at once")
    name, begun = act.fields.text("name") or "Oleg", int(time.time()) - EARLIER
    number = secrets.randbelow(10**9)
    sent = []
    for position, text in enumerate(texts):
        origin = {"type": kind, "date": begun + position, **ORIGINS[kind](name, number, position)}
        content = format_text(str(text), []).fields("text", "entities")
        sent.append(deliver(act, {**content, "forward_origin": origin}))
    return {"messages": [one["message"] for one in sent], "update_ids": [one["update_id"] for one in sent]}


def _user(name: str, number: int, _position: int) -> Json:
    return {"sender_user": {"id": 5_000_000_000 + number, "is_bot": False, "first_name": name}}


def _hidden_user(name: str, _number: int, _position: int) -> Json:
    return {"sender_user_name": name}


def _channel(name: str, number: int, position: int) -> Json:
    chat = {"id": -1_000_000_000_000 - number, "title": name, "type": "channel"}
    return {"chat": chat, "message_id": 1000 + position}


def _chat(name: str, number: int, _position: int) -> Json:
    return {"sender_chat": {"id": -1_000_000_000_000 - number, "title": name, "type": "supergroup"}}


ORIGINS: Mapping[str, Callable[[str, int, int], Json]] = {
    "user": _user,
    "hidden_user": _hidden_user,
    "channel": _channel,
    "chat": _chat,
}
