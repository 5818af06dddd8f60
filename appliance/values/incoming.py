"""What comes in from a messenger, checked once at the border.

Times are aware datetimes in UTC, sizes bytes, durations whole seconds, offsets code points of the Python string.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from appliance.values.base import Json, PartKind


@dataclass(frozen=True)
class RawUpdate:
    """One thing a messenger sent, untouched. `external_id` and `chat_key` may be empty when unknown."""

    raw: bytes
    external_id: str = ""
    chat_key: str = ""


@dataclass(frozen=True)
class Person:
    """Someone outside, as the channel names them. `language` is an IETF tag or ''."""

    external_id: str
    name: str
    username: str = ""
    language: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Chat:
    """Where it was said. A private chat's people are its contact; a group is a contact with many voices."""

    external_id: str
    kind: Literal["private", "group"] = "private"
    title: str = ""


@dataclass(frozen=True)
class Reference:
    """A message as the messenger numbers it: unique within (connection, chat)."""

    chat: str
    message: str


@dataclass(frozen=True)
class Entity:
    """Formatting over text[offset:offset+length]: bold, italic, code, pre, link, mention, …"""

    kind: str
    offset: int
    length: int
    url: str = ""


@dataclass(frozen=True)
class RemoteFile:
    """A file still at the messenger; `remote_id` is all `Channel.fetch` needs. Name and MIME are hearsay."""

    remote_id: str
    unique_id: str = ""
    name: str = ""
    mime: str = ""
    size: int | None = None
    width: int | None = None
    height: int | None = None
    duration: int | None = None


@dataclass(frozen=True)
class IncomingPart:
    """A piece of a message. `data` by kind: location {latitude, longitude, accuracy?, live?, period?, heading?},
    venue {+ title, address}, contact {name, phone, own, vcard?}, poll {question, options}, dice {emoji, value},
    unknown {name}: what the messenger calls it. `period`: seconds from the message's time until a live location ends
    by itself; without it there is no such end."""

    kind: PartKind
    text: str = ""
    entities: tuple[Entity, ...] = ()
    file: RemoteFile | None = None
    thumbnail: RemoteFile | None = None
    data: Json = field(default_factory=dict)


@dataclass(frozen=True)
class IncomingMessage:
    """A message, or with `edited` a new version of one already known by its reference."""

    chat: Chat
    author: Person
    reference: Reference
    at: datetime
    parts: tuple[IncomingPart, ...]
    edited: bool = False
    reply_to: Reference | None = None
    quote: str = ""
    album: str = ""
    forwarded_from: str = ""
    from_staff: bool = False


@dataclass(frozen=True)
class IncomingStart:
    """The person opened the conversation (Telegram: /start); `payload` is a deep link's hostile text."""

    chat: Chat
    author: Person
    reference: Reference
    at: datetime
    payload: str = ""


@dataclass(frozen=True)
class IncomingReaction:
    """All reactions this person now has on that message; empty = taken back."""

    chat: Chat
    author: Person
    reference: Reference
    at: datetime
    emojis: tuple[str, ...] = ()


@dataclass(frozen=True)
class IncomingState:
    """What became of the address. `moved_to` is the new external id when state is 'moved'."""

    chat: Chat
    at: datetime
    state: Literal["blocked", "unblocked", "joined", "left", "moved", "note"]
    author: Person | None = None
    moved_to: str = ""
    text: str = ""


@dataclass(frozen=True)
class IncomingPosition:
    """A live location moved: a fix of the message it belongs to, no new version of it."""

    chat: Chat
    author: Person
    reference: Reference
    at: datetime
    data: Json


@dataclass(frozen=True)
class IncomingButton:
    """A button below one of our messages was pressed; `data` is hostile text."""

    chat: Chat
    author: Person
    reference: Reference
    at: datetime
    data: str
    callback_id: str


@dataclass(frozen=True)
class Ignored:
    """Deliberately nothing to show; the reason is kept with the journal row."""

    reason: str


Incoming = (
    IncomingMessage | IncomingStart | IncomingReaction | IncomingState | IncomingPosition | IncomingButton | Ignored
)


class Unreadable(Exception):
    """Raised by Channel.read: the row stays with this reason and is shown to staff."""
