"""sendLocation, sendVenue, sendContact, and the edits of a live location."""

from __future__ import annotations

from appliance_sandbox.server.calls import Call, Json, method
from appliance_sandbox.server.errors import bad_request
from appliance_sandbox.server.revising import own_message, revise
from appliance_sandbox.server.sending import open_chat, send

FOREVER = 0x7FFFFFFF
MOVING = ("live_period", "heading", "proximity_alert_radius")


def read_location(call: Call) -> Json:
    """ApiError 400 for a place that is not on Earth or a share that is too short or long."""
    parameters = call.parameters
    latitude, longitude = parameters.decimal("latitude"), parameters.decimal("longitude")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("invalid location specified")
    location: Json = {"latitude": latitude, "longitude": longitude}
    if accuracy := parameters.decimal("horizontal_accuracy"):
        location["horizontal_accuracy"] = accuracy
    location |= {name: parameters.integer(name) for name in MOVING if parameters.integer(name)}
    period = location.get("live_period", 60)
    if not 60 <= period <= 86_400 and period != FOREVER:
        raise bad_request("invalid live_period specified")
    return location


@method("sendLocation")
def send_location(call: Call) -> Json:
    return send(call, open_chat(call), {"location": read_location(call)})


@method("sendVenue")
def send_venue(call: Call) -> Json:
    chat, location = open_chat(call), read_location(call)
    venue: Json = {"location": location}
    for name in ("title", "address", "foursquare_id", "foursquare_type", "google_place_id", "google_place_type"):
        if text := call.parameters.text(name):
            venue[name] = text
    return send(call, chat, {"venue": venue, "location": location})


@method("sendContact")
def send_contact(call: Call) -> Json:
    chat = open_chat(call)
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: call.parameters.text(name) for name in names if name in call.parameters}
    return send(call, chat, {"contact": contact})


@method("editMessageLiveLocation")
def move_location(call: Call) -> Json:
    stored = own_message(call)
    if "live_period" not in stored.body.get("location", {}):
        raise bad_request("message can't be edited")
    kept = {"live_period": stored.body["location"]["live_period"]}
    return revise(call, stored, {"location": {**kept, **read_location(call)}})


@method("stopMessageLiveLocation")
def stop_location(call: Call) -> Json:
    stored = own_message(call)
    location = stored.body.get("location", {})
    if "live_period" not in location:
        raise bad_request("message can't be edited")
    return revise(call, stored, {"location": {name: location[name] for name in location if name not in MOVING}})
