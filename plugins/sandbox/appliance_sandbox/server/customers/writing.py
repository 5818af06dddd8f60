"""Start, text, location, venue, contact, poll, dice."""

from __future__ import annotations

from appliance_sandbox.server.customers.acts import Act, Json, act, deliver
from appliance_sandbox.server.customers.blocking import unblock
from appliance_sandbox.server.entities import format_text, read_formatted
from appliance_sandbox.server.methods.polls import make_poll, throw

PLACE = ("latitude", "longitude", "horizontal_accuracy", "live_period", "heading")
HOME = (55.7558, 37.6173)


@act("start")
def press_start(act: Act) -> Json:
    """Also what unblocks a blocked bot, as in the messenger."""
    seat = act.sandbox.chats.seat(act.bot.id, act.chat["id"])
    if seat and seat.state == "blocked":
        unblock(act)
    payload = act.fields.text("payload")
    formatted = format_text(f"/start {payload}", [])
    return deliver(act, formatted.fields("text", "entities"))


@act("text")
def write(act: Act) -> Json:
    formatted = read_formatted(act.fields, "text", "entities")
    if not formatted.text:
        raise ValueError("there is no text")
    return deliver(act, formatted.fields("text", "entities"))


@act("location")
def share_location(act: Act) -> Json:
    """With `live_period` the beginning of a live one."""
    return deliver(act, {"location": read_place(act)})


@act("venue")
def share_venue(act: Act) -> Json:
    location = read_place(act)
    names = {name: act.fields.text(name) for name in ("title", "address")}
    return deliver(act, {"venue": {"location": location, **names}, "location": location})


@act("contact")
def share_contact(act: Act) -> Json:
    """`own` makes it the customer's own number, as the request_contact button does."""
    return deliver(act, {"contact": read_contact(act, own=act.fields.flag("own"))})


@act("poll")
def send_poll(act: Act) -> Json:
    return deliver(act, {"poll": make_poll(act.fields.text("question"), act.fields.listing("options"))})


@act("dice")
def send_dice(act: Act) -> Json:
    return deliver(act, {"dice": throw(act.fields.text("emoji") or "🎲")})


@act("content")
def send_content(act: Act) -> Json:
    """Any `content`: kinds the sandbox has no act for, such as a story, a checklist or one not invented yet."""
    return deliver(act, act.fields.mapping("content"))


def read_place(act: Act) -> Json:
    """A Location object; without coordinates it is the middle of Moscow."""
    if "latitude" not in act.fields:
        return {"latitude": HOME[0], "longitude": HOME[1]}
    place: Json = {name: act.fields.decimal(name) for name in PLACE if name in act.fields}
    return place | {name: int(place[name]) for name in ("live_period", "heading") if name in place}


def read_contact(act: Act, own: bool) -> Json:
    contact: Json = {"phone_number": act.fields.text("phone_number") or f"+7{act.person['id'] % 10**10:010}"}
    if own:
        named: Json = {name: act.person[name] for name in ("first_name", "last_name") if name in act.person}
        return {**contact, **named, "user_id": act.person["id"]}
    names = ("first_name", "last_name", "vcard")
    return {**contact, **{name: act.fields.text(name) for name in names if name in act.fields}}
