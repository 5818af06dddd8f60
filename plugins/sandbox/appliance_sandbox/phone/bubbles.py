"""A message of the Bot API as the phone shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup

from appliance import mark
from appliance_sandbox.phone.events import SOMETHING, Event, describe_event
from appliance_sandbox.phone.rich_text import show_rich_text
from appliance_sandbox.server.service_messages import is_service

Json = dict[str, Any]
MEDIA = ("sticker", "animation", "video_note", "video", "voice", "audio", "photo", "document")
EDITABLE = frozenset({"text", "animation", "video", "voice", "audio", "photo", "document"})
PLAIN = ("venue", "location", "contact", "poll", "dice")
# What stands for a message without a text; msgids.
LABELS = {
    "sticker": mark("Sticker"), "animation": mark("Animation"), "video_note": mark("Round video"),
    "video": mark("Video"), "voice": mark("Voice"), "audio": mark("Audio"), "photo": mark("Photo"),
    "document": mark("File"), "venue": mark("Venue"), "location": mark("Location"), "contact": mark("Contact"),
    "poll": mark("Poll"), "dice": mark("Dice"), "service": SOMETHING, "text": "",
    "unknown": mark("Something this phone cannot show"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A message in one line: its text, or the msgid of its kind."""

    text: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Bubble:
    """`kind` picks the template's branch; `data` is what the API says of it, `event` what a service message says.

    `author` is empty where nobody asks who wrote it.
    """

    id: int
    mine: bool
    kind: str
    at: datetime
    text: Markup
    raw_text: str
    edited: bool
    deleted: bool
    author: str
    data: Json = field(default_factory=dict)
    file_id: str = ""
    reply: Line | None = None
    event: Event | None = None
    forwarded: str = ""
    reactions: tuple[str, ...] = ()
    buttons: tuple[tuple[Json, ...], ...] = ()

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def can_edit(self) -> bool:
        """Whether the one who holds the phone may give it other words: their own text, or the words to their media."""
        return self.mine and not self.forwarded and self.kind in EDITABLE

    @property
    def is_live(self) -> bool:
        return "live_period" in self.data


def show_bubbles(shown: list[Json], own_id: int, is_group: bool = False) -> list[Bubble]:
    """The `messages` of a chat's view, oldest first; `own_id` is who holds the phone."""
    return [_bubble(one, own_id, is_group) for one in shown]


def summarise(message: Json) -> Line:
    """For a list or a quote."""
    return Line(str(message.get("text") or message.get("caption") or ""), LABELS[_kind(message)])


def _bubble(one: Json, own_id: int, is_group: bool) -> Bubble:
    message = one["message"]
    kind = _kind(message)
    raw = str(message.get("text") or message.get("caption") or "")
    entities = message.get("entities") or message.get("caption_entities") or []
    data = message.get(kind)
    largest = data[-1] if kind == "photo" and data else data
    return Bubble(
        id=message["message_id"],
        mine=_sender(message).get("id") == own_id,
        kind=kind,
        at=datetime.fromtimestamp(message["date"], UTC),
        text=show_rich_text(raw, entities),
        raw_text=raw,
        edited="edit_date" in message,
        deleted=one["deleted"],
        author=_author(message) if is_group else "",
        data=largest if isinstance(largest, dict) else {},
        file_id=str(largest.get("file_id", "")) if isinstance(largest, dict) else "",
        reply=_answered(message),
        event=describe_event(message) if kind == "service" else None,
        forwarded=_origin(message.get("forward_origin") or {}),
        reactions=tuple(emoji["emoji"] for whose in one["reactions"].values() for emoji in whose),
        buttons=tuple(tuple(row) for row in message.get("reply_markup", {}).get("inline_keyboard", [])),
    )


def _kind(message: Json) -> str:
    if is_service(message):
        return "service"
    return next((kind for kind in (*MEDIA, *PLAIN, "text") if kind in message), "unknown")


def _sender(message: Json) -> Json:
    """The User; empty in a message made for a test that has none."""
    return message.get("from") or {}


def _author(message: Json) -> str:
    """Whoever shows themselves; an anonymous administrator is the group."""
    group = message.get("sender_chat") or {}
    return str(group.get("title") or _sender(message).get("first_name", ""))


def _answered(message: Json) -> Line | None:
    """The message this one answers, or the part of it that was quoted."""
    reply = message.get("reply_to_message")
    if not reply:
        return None
    quote = message.get("quote") or {}
    return Line(str(quote["text"])) if quote.get("text") else summarise(reply)


def _origin(origin: Json) -> str:
    """Who wrote a forwarded message; empty for one that was not forwarded."""
    user = origin.get("sender_user") or {}
    chat = origin.get("sender_chat") or origin.get("chat") or {}
    return str(user.get("first_name") or origin.get("sender_user_name") or chat.get("title") or "")
