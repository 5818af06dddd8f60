"""Where people are and have been: fixes of live locations, and places that were sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Fix:
    """Where a phone was: WGS 84 degrees, accuracy in metres, heading in degrees clockwise from north."""

    at: datetime
    latitude: float
    longitude: float
    accuracy: float | None = None
    heading: float | None = None


@dataclass(frozen=True)
class LiveShare:
    """Somebody who lets us see where they are. `until` is when the messenger stops by itself, None if it does not
    say; `ended_at` when it was stopped. `number` is the ticket's, None for a message of no ticket yet."""

    message_id: int
    number: int | None
    name: str
    started_at: datetime
    until: datetime | None
    ended_at: datetime | None
    last: Fix


@dataclass(frozen=True)
class KnownPlace:
    """A location or venue that a customer has sent: what a distance can be measured to."""

    message_id: int
    number: int | None
    name: str
    title: str
    at: datetime
    latitude: float
    longitude: float
