"""What plugins bring to the desk's pages, and what they are shown of a message's parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from typing import Literal

from appliance.values.base import Json, PartKind
from appliance.values.incoming import Entity


@dataclass(frozen=True)
class RenditionView:
    """Something the page may show: `url` is on our own origin; `data` is the rendition's small JSON."""

    kind: str
    url: str
    mime: str
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    data: Json = field(default_factory=dict)


@dataclass(frozen=True)
class FileView:
    """A file as a page sees it. state: waiting, fetching, on_click (waits until somebody asks for it), too_large,
    failed (at the messenger), ready. making: '', 'running' or 'failed' says how the renditions stand; `progress` is
    0–100. `url` downloads the original (never to be used in an image or player). `thumbnail` is the messenger's own
    small picture, shown as long as there is nothing better. `channel` is the title of the messenger that holds it, ''
    for a file of our own, and `limit` the bytes it usually hands out at most, 0 = any number. `loads`: asking for it
    may bring it. `heard`: who looks at the page has listened to it. `dropped`: the original is no longer kept, only
    what was made of it; there is nothing to download."""

    id: int
    name: str
    mime: str
    size: int | None
    state: Literal["waiting", "fetching", "on_click", "too_large", "failed", "ready"]
    url: str
    making: Literal["", "running", "failed"] = ""
    progress: int = 0
    failure: str = ""
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    renditions: Mapping[str, RenditionView] = field(default_factory=dict)
    thumbnail: RenditionView | None = None
    channel: str = ""
    limit: int = 0
    loads: bool = False
    heard: bool = False
    dropped: bool = False


@dataclass(frozen=True)
class PartView:
    """A part as a page sees it. `label` names author and time for a screen reader ('Anna, 14:07').
    `entities` is the formatting of `text`; the core writes the text of a non-text part (its caption) itself."""

    id: int
    message_id: int
    ticket_id: int
    kind: PartKind
    text: str
    data: Json
    at: datetime
    label: str
    outgoing: bool
    file: FileView | None = None
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True)
class PageAssets:
    """Paths below the plugin's static folder; scripts load as modules, deferred, in the given order."""

    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()


@dataclass(frozen=True)
class NavLink:
    label: str
    endpoint: str
    icon: str
    roles: frozenset[str] = frozenset({"owner", "manager", "agent"})


@dataclass(frozen=True)
class SettingField:
    """A setting the owner can change. `name` starts with the plugin's name and a dot.
    kind 'choice' needs `choices` of (value, label); labels and helps are msgids."""

    name: str
    label: str
    kind: Literal["text", "number", "switch", "choice"] = "text"
    default: str = ""
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    check: Callable[[str], str | None] | None = None


@dataclass(frozen=True)
class ServiceTask:
    """Something a plugin runs for as long as the worker lives, in a supervised thread of its own."""

    name: str
    run: Callable[[Event], None]


@dataclass(frozen=True)
class CheckResult:
    """A line of the status page: state in plain words, msgid text and advice."""

    name: str
    state: Literal["ok", "warn", "fail"]
    text: str
    advice: str = ""
    params: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """An opinion on a message before it becomes a ticket's. quiet: stored, disturbs nobody. refuse: not stored."""

    action: Literal["accept", "quiet", "refuse"]
    reason: str = ""


@dataclass(frozen=True)
class TicketQuestion:
    """What `find_ticket` is asked with: who wrote what, and the tickets it could go to (newest first)."""

    contact_id: int
    connection_id: int
    quoted_ticket_id: int | None
    text: str
    has_media: bool
    candidates: tuple[TicketCandidate, ...]
    thread_policy: Literal["single", "new_after_done"]
    reopen_hours: int
    thanks_reopen: bool
    at: datetime


@dataclass(frozen=True)
class TicketCandidate:
    id: int
    stage: Literal["open", "snoozed", "done"]
    shelf: Literal["none", "spam", "trash"]
    quiet: bool
    created_at: datetime
    done_at: datetime | None
    last_reply_at: datetime | None


@dataclass(frozen=True)
class TicketAnswer:
    """Where it goes: an existing ticket (reopened if it is done), or None for a new one.
    `quietly`: join a done ticket without reopening it (a bare 'thank you'), or a shelved one."""

    ticket_id: int | None
    reopen: bool = False
    quietly: bool = False
    previous_id: int | None = None
