"""Edits, live locations on the move, reactions."""

from __future__ import annotations

import time

from appliance_sandbox.server.customers.acts import Act, Json, act, find_message, sees
from appliance_sandbox.server.customers.writing import read_place
from appliance_sandbox.server.entities import read_formatted
from appliance_sandbox.server.messages import Stored
from appliance_sandbox.server.standing import ADMINISTRATOR, ANONYMOUS


@act("edit")
def edit(act: Act) -> Json:
    """New `text` or `caption`. With neither, an edit that changes nothing, as the messenger sometimes sends."""
    stored = _own_message(act)
    changes: Json = {}
    for name, entities in (("text", "entities"), ("caption", "caption_entities")):
        if name in act.fields:
            changes |= {entities: None, **read_formatted(act.fields, name, entities).fields(name, entities)}
    return _revise(act, stored, changes | act.fields.mapping("extra"))


@act("move")
def move_location(act: Act) -> Json:
    stored = _own_message(act)
    period = stored.body.get("location", {}).get("live_period")
    if not period:
        raise ValueError("this is no live location")
    return _revise(act, stored, {"location": {"live_period": period, **read_place(act)}})


@act("stop")
def stop_location(act: Act) -> Json:
    stored = _own_message(act)
    place = {name: value for name, value in stored.body["location"].items() if name not in {"live_period", "heading"}}
    return _revise(act, stored, {"location": place})


@act("react")
def react(act: Act) -> Json:
    """`emoji` on a message; without one the reaction is taken back."""
    message_id, whose = act.fields.integer("message_id"), str(act.person["id"])
    stored = find_message(act, message_id)
    emoji = act.fields.text("emoji")
    new: list[Json] = [{"type": "emoji", "emoji": emoji}] if emoji else []
    act.sandbox.messages.react(act.bot.id, act.chat["id"], message_id, whose, new)
    changed: Json = {
        "chat": act.chat, "message_id": message_id, "user": act.person, "date": int(time.time()),
        "old_reaction": stored.reactions.get(whose, []), "new_reaction": new,
    }  # fmt: skip
    return {"update_id": act.sandbox.updates.push(act.bot.id, "message_reaction", changed) if _hears(act) else None}


def _hears(act: Act) -> bool:
    """Of reactions in a group only an administrator is told."""
    seat = act.sandbox.chats.seat(act.bot.id, act.chat["id"])
    return act.chat["type"] == "private" or (seat is not None and seat.state == ADMINISTRATOR)


def _own_message(act: Act) -> Stored:
    stored = find_message(act, act.fields.integer("message_id"))
    author = ANONYMOUS if act.is_anonymous else act.person
    if stored.body["from"]["id"] != author["id"]:
        raise ValueError("this message is not theirs")
    return stored


def _revise(act: Act, stored: Stored, changes: Json) -> Json:
    """Store and announce a changed message; a change to None takes the field away."""
    edited = {"edit_date": act.fields.integer("date") or int(time.time())}
    merged = {**stored.body, **changes, **edited}
    body = {name: value for name, value in merged.items() if value is not None}
    with act.sandbox.database.transaction():
        act.sandbox.messages.replace(act.bot.id, body)
        told = act.sandbox.updates.push(act.bot.id, "edited_message", body) if sees(act, body) else None
        return {"message": body, "update_id": told}
