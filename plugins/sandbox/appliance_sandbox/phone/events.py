"""Service messages in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from appliance import mark

Json = dict[str, Any]
SOMETHING = mark("Service message")


@dataclass(frozen=True, slots=True)
class Event:
    """`text` is a msgid with the named `values`."""

    text: str
    values: dict[str, str] = field(default_factory=dict)


def describe_event(message: Json) -> Event:
    """What a service message says."""
    if "new_chat_members" in message:
        return Event(mark("%(name)s joined the group"), {"name": _names(message["new_chat_members"])})
    if "left_chat_member" in message:
        return Event(mark("%(name)s left the group"), {"name": _names([message["left_chat_member"]])})
    if "new_chat_title" in message:
        return Event(mark("The group is now called “%(title)s”"), {"title": str(message["new_chat_title"])})
    if "message_auto_delete_timer_changed" in message:
        timed = message["message_auto_delete_timer_changed"].get("message_auto_delete_time")
        return Event(mark("Messages vanish by themselves now") if timed else mark("Messages stay from now on"))
    return Event(PLAIN.get(next((name for name in PLAIN if name in message), ""), SOMETHING))


PLAIN = {
    "migrate_to_chat_id": mark("The group became a supergroup"),
    "migrate_from_chat_id": mark("The group became a supergroup"),
    "pinned_message": mark("A message was pinned"),
}


def _names(people: list[Json]) -> str:
    return ", ".join(str(person.get("first_name", "?")) for person in people)
