"""What is to be said, before it is anybody's message; and why it cannot be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from appliance.services import reply_words
from appliance.services.tickets import Leftovers
from appliance.values import Capabilities, Json, Manner, OutgoingPart, PartKind

LONGEST = 20_000


class OutboxError(Exception):
    """Nothing was stored. `code`: not_found, empty, too_long, no_address, blocked, cannot_write_first {link},
    no_connection, file_gone, too_large {name, limit}, bad_buttons {most, length}, bad_place, bad_contact, bad_ask,
    cannot_send, gaps {names}, not_assignee {name}, not_yours, not_sent, in_flight, deleted, cannot_edit,
    cannot_delete, too_old {hours}, too_late; `plan` {channel, reason, params}: the channel's own reason, a code of its
    texts."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Then:
    """What becomes of the ticket in the same breath: stage '' stays, 'done' (solved), 'snoozed' until `until`.
    `subtasks` that are open: services.tickets.finish says what becomes of them."""

    stage: str = ""
    until: datetime | None = None
    subtasks: Leftovers = "ask"


@dataclass(frozen=True)
class Letter:
    """`parts` are places and contacts; `data` belongs to the text (the label of a button that asks for something).
    `seen`: the last message its writer knew of when they began, see services.collisions."""

    kind: str
    text: str
    file_ids: Sequence[int] = ()
    kinds: Mapping[int, PartKind] = field(default_factory=dict)
    parts: Sequence[OutgoingPart] = ()
    reply_to: int | None = None
    undo_seconds: float = 0
    key: str | None = None
    manner: Manner = field(default_factory=Manner)
    data: Json = field(default_factory=dict)
    then: Then = field(default_factory=Then)
    seen: int | None = None


def check_length(text: str) -> None:
    if len(text) > LONGEST:
        raise OutboxError("too_long")


def check_gaps(text: str) -> None:
    """Nothing that a saved reply leaves to be filled in goes out unfilled."""
    if left := reply_words.gaps(text):
        raise OutboxError("gaps", names=", ".join(left))


def check_manner(manner: Manner, limits: Capabilities) -> Manner:
    """The manner as this connection can carry it out. Raises OutboxError."""
    labels = tuple(" ".join(label.split()) for label in manner.buttons)
    fits = all(0 < len(label) <= limits.button_length for label in labels)
    if len(labels) > limits.buttons or len(set(labels)) != len(labels) or not fits:
        raise OutboxError("bad_buttons", most=limits.buttons, length=limits.button_length)
    ask = manner.ask if manner.ask in limits.asks else None
    return Manner(labels, ask, manner.preview or not limits.previews)
