"""A channel: the one class a plugin writes to bring people from a messenger to the desk and back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from threading import Event
from typing import BinaryIO, ClassVar, Protocol

from appliance.values.base import Ask, Json, PartKind
from appliance.values.files import StoredFile
from appliance.values.incoming import Incoming, IncomingButton, RawUpdate, Reference, RemoteFile
from appliance.values.outgoing import ConnectError, Outgoing, Piece, PlanError, Revision, SendError, Sent


@dataclass(frozen=True)
class FormField:
    """One field of the connect form, for the wizard, the settings page and `appliance connect` alike.
    `secret` fields are stored encrypted and never shown again."""

    name: str
    label: str
    secret: bool = False
    required: bool = False
    help: str = ""
    placeholder: str = ""


@dataclass(frozen=True)
class Account:
    """Who we are at the messenger, as its server told: shown before anything is stored.
    `link` opens a conversation with us; `warnings` are codes of the channel's texts; those that begin with
    `group` stand with the groups."""

    external_id: str
    title: str
    handle: str = ""
    link: str = ""
    photo: bytes | None = None
    warnings: tuple[tuple[str, Json], ...] = ()


@dataclass(frozen=True)
class ConnectionInfo:
    """A configured connection as its channel sees it: form values, secrets in the clear."""

    id: int
    settings: Mapping[str, str]
    account: Account | None = None
    title: str = ""


@dataclass(frozen=True)
class ErrorText:
    """A reason in words and what to do about it; msgids, with {named} parameters."""

    reason: str
    advice: str = ""


@dataclass(frozen=True)
class Pace:
    """How fast the messenger wants to be written to; the sender keeps it. 0 = no limit."""

    per_address_seconds: float = 0
    overall_per_second: float = 0
    group_per_minute: int = 0


@dataclass(frozen=True)
class Capabilities:
    """`buttons`: most quick answers below a message. `asks`: what the messenger has a button of its own for.
    `delete_hours`: how long a sent message can be taken away, 0 = for ever. Files are limited in bytes,
    0 = no limit. `keeps_hours`: how long the messenger keeps what nobody fetches, 0 = unknown."""

    kinds_in: frozenset[PartKind]
    kinds_out: frozenset[PartKind]
    text_limit: int = 4096
    caption_limit: int = 1024
    upload_limit: int = 50 << 20
    download_limit: int = 20 << 20
    edit: bool = False
    delete: bool = False
    delete_hours: int = 0
    typing: bool = False
    buttons: int = 0
    button_length: int = 40
    asks: frozenset[Ask] = frozenset()
    formatting: bool = False
    previews: bool = False
    writes_first: bool = False
    groups: bool = False
    keeps_hours: int = 0
    pace: Pace = field(default_factory=Pace)


@dataclass(frozen=True)
class Pushed:
    """What a messenger posted to the box's public address. Header names are lower case."""

    body: bytes
    headers: Mapping[str, str]


class Journal(Protocol):
    """Where a channel's service leaves what it received, before it acknowledges anything."""

    def position(self) -> str:
        """The service's own mark, as last committed; '' at first."""

    def commit(self, updates: Sequence[RawUpdate], position: str) -> None:
        """Store rows and mark in one transaction; when it returns they survive a power cut."""

    def alive(self) -> None:
        """The messenger answered: the connection is well."""

    def trouble(self, code: str, params: Json | None = None) -> None:
        """The messenger cannot be reached or refuses; `code` names one of the channel's texts."""


@dataclass(frozen=True)
class Fetched:
    name: str = ""
    mime: str = ""


class Refused(Exception):
    """A push that is not the messenger's, or for a connection that is not pushed to."""


class Channel(ABC):
    """A way to reach people. Instances hold no connection: every call says which one it is about.
    `samples`: a small file of each kind, for `appliance doctor --live`."""

    name: ClassVar[str]
    title: ClassVar[str]
    capabilities: ClassVar[Capabilities]
    form: ClassVar[tuple[FormField, ...]]
    texts: ClassVar[Mapping[str, ErrorText]] = {}
    samples: ClassVar[Mapping[PartKind, Traversable]] = {}

    @abstractmethod
    def check(self, settings: Mapping[str, str]) -> Account:
        """Ask the messenger who these settings are. Raises ConnectError."""

    @abstractmethod
    def claim(self, settings: Mapping[str, str], *, forcibly: bool = False) -> None:
        """Make sure we are the only reader; `forcibly` takes over (a foreign webhook). Raises ConnectError."""

    @abstractmethod
    def serve(self, connection: ConnectionInfo, journal: Journal, stop: Event) -> None:
        """Receive until `stop` is set. Only what `journal.commit` returned for may be acknowledged.
        Runs in a thread of its own; an exception is logged and the service started again after a pause."""

    @abstractmethod
    def read(self, raw: bytes, connection: ConnectionInfo) -> tuple[Incoming, ...]:
        """What a journal row means. Pure. Raises Unreadable."""

    @abstractmethod
    def plan(self, outgoing: Outgoing) -> tuple[Piece, ...]:
        """Cut a message into legal sends, in order. Pure."""

    @abstractmethod
    def send(
        self,
        connection: ConnectionInfo,
        address: str,
        piece: Piece,
        files: Mapping[str, StoredFile],
        leaving: Callable[[], None],
    ) -> Sent:
        """Send one piece. `leaving` is called just before the first byte goes out: what fails before it
        was certainly not sent. Raises SendError and nothing else."""

    def limits(self, connection: ConnectionInfo) -> Capabilities:
        """The capabilities of this very connection (an own server may take larger files)."""
        return self.capabilities

    def plan_edit(self, revision: Revision) -> tuple[Piece, ...]:
        """The sends that make a sent message read anew; repeating one is harmless. Pure. Raises PlanError."""
        raise PlanError("cannot_edit")

    def plan_delete(self, address: str, sent: Sequence[Reference]) -> tuple[Piece, ...]:
        """The sends that take a sent message away; repeating one is harmless. Pure. Raises PlanError."""
        raise PlanError("cannot_delete")

    def show_typing(self, connection: ConnectionInfo, address: str) -> None:
        """Tell the person that somebody writes, for a few seconds. Raises SendError; nobody minds."""
        return

    def answer_press(self, connection: ConnectionInfo, press: IncomingButton) -> None:
        """Tell the messenger that a press was taken, and take the buttons away. Raises SendError; nobody minds."""
        return

    def leave(self, connection: ConnectionInfo, address: str) -> None:
        """Leave a group. Raises SendError."""
        return

    def invite(self, account: Account, code: str) -> str:
        """A link that opens the conversation and brings `code` as the start's payload; '' if there is none."""
        return account.link

    def receive(self, connection: ConnectionInfo, pushed: Pushed) -> tuple[RawUpdate, ...]:
        """What a messenger pushed to the box's public address, instead of being asked by `serve`. The rows are
        committed before the messenger is answered. Raises Refused when it does not prove who it is."""
        raise Refused

    def ping(self, connection: ConnectionInfo) -> None:
        """Cheaply see that the messenger answers again after a time-out. Raises SendError."""
        try:
            self.check(connection.settings)
        except ConnectError as error:
            raise SendError(error.code, error.params, scope="connection") from None

    @abstractmethod
    def fetch(self, connection: ConnectionInfo, file: RemoteFile, target: BinaryIO) -> Fetched:
        """Stream a file's bytes into `target`. Raises SendError."""

    def close(self) -> None:
        """Let go of sockets and threads; the process ends."""
        return
