"""Who lets us see where they are: everybody who shares now or did of late, and where each was on a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from appliance import Actor, Fix, KnownPlace, LiveShare, box, metres_between
from appliance_maps.nearby import bearing, compass_point
from appliance_maps.trail import LATELY, length, minutes_left, simplify, speed

# A share without an end whose phone has been silent for so long is over, whatever the messenger says.
SILENT = timedelta(hours=12)
MOST = 100


@dataclass(frozen=True)
class Courier:
    """Somebody on the map. `speed` in km/h, `metres` and `direction` (0 for north, clockwise, of 8) to the chosen
    place, `minutes` a guess; None for what cannot be told."""

    share: LiveShare
    sharing: bool
    speed: float | None = None
    metres: float | None = None
    direction: int | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class DayTrail:
    """A day of one person: a line for each time they shared, when they were seen first and last, and metres."""

    lines: tuple[list[tuple[float, float]], ...]
    began: datetime
    ended: datetime
    metres: float


def kept_since(moment: datetime) -> datetime:
    """Of what was before nothing is kept but starts and ends."""
    return moment - timedelta(days=int(box().setting("trail_days")))


def is_sharing(share: LiveShare, moment: datetime) -> bool:
    ended = share.ended_at is not None or (share.until is not None and share.until <= moment)
    return not ended and moment - share.last.at < SILENT


def list_couriers(shares: Sequence[LiveShare], by: Actor, place: KnownPlace | None, moment: datetime) -> list[Courier]:
    """Each person once, by what they shared last; those who share now first, by name. `shares`: newest first."""
    newest: dict[str, LiveShare] = {}
    for share in shares:
        newest.setdefault(share.person, share)
    found = [_describe(share, by, place, moment) for share in list(newest.values())[:MOST]]
    now = sorted((courier for courier in found if courier.sharing), key=lambda courier: courier.share.name.casefold())
    return [*now, *(courier for courier in found if not courier.sharing)]


def days_of(shares: Sequence[LiveShare], person: str, since: date, local: Callable[[datetime], datetime]) -> list[date]:
    """On which days there is something of them, newest first."""
    days: set[date] = set()
    for share in shares:
        if share.person == person:
            first, last = max(local(share.started_at).date(), since), local(share.last.at).date()
            days |= {first + timedelta(days=number) for number in range((last - first).days + 1)}
    return sorted(days, reverse=True)


def trail_of(shares: Sequence[LiveShare], person: str, by: Actor, start: datetime, end: datetime) -> DayTrail | None:
    """Where they were between two moments; None if nowhere."""
    mine = [share for share in shares if share.person == person and share.started_at < end and share.last.at >= start]
    strokes = [_within(share, by, start, end) for share in reversed(mine)]
    strokes = [stroke for stroke in strokes if stroke]
    if not strokes:
        return None
    return DayTrail(
        tuple(simplify(stroke) for stroke in strokes),
        min(stroke[0].at for stroke in strokes),
        max(stroke[-1].at for stroke in strokes),
        sum(length(stroke) for stroke in strokes),
    )


def _within(share: LiveShare, by: Actor, start: datetime, end: datetime) -> list[Fix]:
    return [fix for fix in box().fixes(share.message_id, by, start) if fix.at < end]


def _describe(share: LiveShare, by: Actor, place: KnownPlace | None, moment: datetime) -> Courier:
    if not is_sharing(share, moment):
        return Courier(share, sharing=False)
    fixes = box().fixes(share.message_id, by, share.last.at - LATELY)
    if place is None:
        return Courier(share, sharing=True, speed=speed(fixes))
    return Courier(
        share,
        True,
        speed(fixes),
        metres_between(share.last, place),
        compass_point(bearing(share.last, place)),
        minutes_left(fixes, place),
    )
