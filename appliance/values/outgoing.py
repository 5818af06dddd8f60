"""What goes out: a message, the pieces it is cut into, and how a send ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from appliance.values.base import Ask, Json, PartKind
from appliance.values.incoming import Entity, Reference


@dataclass(frozen=True)
class OutgoingPart:
    """`position` names the part; `file_id` a stored file; `remote_id` the messenger's own id if sent before."""

    position: int
    kind: PartKind
    text: str = ""
    entities: tuple[Entity, ...] = ()
    file_id: int | None = None
    name: str = ""
    mime: str = ""
    size: int = 0
    width: int | None = None
    height: int | None = None
    duration: int | None = None
    remote_id: str = ""
    data: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Manner:
    """How a message is said. `buttons`: up to three quick answers below it; the press comes back as an IncomingButton
    whose data is `answer:<index>`. `ask`: the messenger's own button for what is asked for, where it has one (a
    location, a phone number). `preview`: whether links may show what they lead to."""

    buttons: tuple[str, ...] = ()
    ask: Ask | None = None
    preview: bool = True


@dataclass(frozen=True)
class Outgoing:
    """A whole message for one address, before `Channel.plan` cuts it into legal pieces."""

    address: str
    parts: tuple[OutgoingPart, ...]
    reply_to: Reference | None = None
    manner: Manner = field(default_factory=Manner)


@dataclass(frozen=True)
class Revision:
    """A sent message as it is to read from now on. `sent` tells, in order, which external message carries which part
    (a long text has several for one part); files and kinds of parts never change, words do. `changed` names the
    positions whose words are new, () = any may be. `manner` is what stands there now: buttons that were pressed are
    no more."""

    address: str
    parts: tuple[OutgoingPart, ...]
    sent: tuple[tuple[int, Reference], ...]
    manner: Manner = field(default_factory=Manner)
    changed: tuple[int, ...] = ()


@dataclass(frozen=True)
class Piece:
    """One external send. `payload` is plain JSON and survives a restart; `parts` are the positions it carries;
    `files` maps a name used in the payload to a stored file's id."""

    kind: str
    payload: Json
    parts: tuple[int, ...] = ()
    files: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """(part position, reference) for every external message made, and remote file ids for sending again. `gone`:
    messages that are no more (a long text that became short)."""

    references: tuple[tuple[int, Reference], ...]
    remote_ids: Mapping[int, str] = field(default_factory=dict)
    gone: tuple[Reference, ...] = ()


class SendError(Exception):
    """The one error of a send. `code` names a text of the channel; see architecture.md, "Out".

    permanent: trying again cannot help. uncertain: it may have arrived. retry_after: seconds to wait.
    scope 'connection': every address is affected. moved_to: the address's new external id.
    """

    def __init__(
        self,
        code: str,
        params: Json | None = None,
        *,
        scope: Literal["chat", "connection"] = "chat",
        permanent: bool = False,
        retry_after: float | None = None,
        uncertain: bool = False,
        moved_to: str = "",
    ) -> None:
        super().__init__(code)
        self.code = code
        self.params: Json = dict(params or {})
        self.scope = scope
        self.permanent = permanent
        self.retry_after = retry_after
        self.uncertain = uncertain
        self.moved_to = moved_to


class PlanError(Exception):
    """What was asked cannot be planned. `code` names a text of the channel."""

    def __init__(self, code: str, params: Json | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.params: Json = dict(params or {})


class ConnectError(Exception):
    """A connection's settings do not work. `temporary`: could not be checked now (no internet)."""

    def __init__(self, code: str, params: Json | None = None, *, temporary: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.params: Json = dict(params or {})
        self.temporary = temporary
