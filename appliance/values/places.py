"""Where people are and have been: fixes of live locations, and places that were sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import asin, cos, radians, sin, sqrt
from typing import Protocol

EARTH = 6_371_008.8  # its mean radius in metres


class Point(Protocol):
    """Whatever lies somewhere on the earth: WGS 84 degrees."""

    @property
    def latitude(self) -> float: ...
    @property
    def longitude(self) -> float: ...


def metres_between(here: Point, there: Point) -> float:
    """As the crow flies, on a round earth: within half a per cent."""
    up, across = radians(there.latitude - here.latitude), radians(there.longitude - here.longitude)
    square = sin(up / 2) ** 2 + cos(radians(here.latitude)) * cos(radians(there.latitude)) * sin(across / 2) ** 2
    # Rounding may lead a hair beyond 1 for opposite ends of the earth.
    return 2 * EARTH * asin(min(1.0, sqrt(square)))


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
    say; `ended_at` when it was stopped. `number` is the ticket's, None for a message of no ticket yet. `person` is the
    same for all that one person shares, in all of their tickets; opaque. `last` is where they were seen last."""

    message_id: int
    number: int | None
    name: str
    started_at: datetime
    until: datetime | None
    ended_at: datetime | None
    last: Fix
    person: str = ""


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
