"""Which file is prepared next. The queue only says that there is work; what comes first is decided here, when a lane
is free, so that no order of wake-ups can make a voice wait behind a thousand old films.

First what somebody waits for, then what the house wants made anew. In the quick lane a voice comes before a picture and
a picture before the rest. Then the newest: it is what staff have open; after an outage the old ones follow.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, or_, select

from appliance import db, queue
from appliance.models import File, now
from appliance.services.in_hand import InHand
from appliance.values import Lane

LANES: tuple[Lane, ...] = ("quick", "slow")
# The jobs that come for the next file of a lane.
JOBS: dict[Lane, str] = {"quick": "prepare", "slow": "prepare_slowly"}
# More than a lane's threads can hold.
_LOOK_AT = 20
_SPOKEN, _SEEN, _REST = 0, 1, 2
_RANKS = {"voice": _SPOKEN, "photo": _SEEN, "sticker": _SEEN}

in_hand: dict[Lane, InHand] = {lane: InHand() for lane in LANES}


def first(lane: Lane) -> int | None:
    """The file to prepare next, those that a dead process left among them; None if nothing waits."""
    query = select(File.id, File.lease_owner).where(*waits(lane), or_(File.next_try_at.is_(None), _is_due()))
    with db.session() as session:
        rows = session.execute(query.order_by(*order(lane)).limit(_LOOK_AT)).all()
    return next((row.id for row in rows if not in_hand[lane].is_held(row.id, row.lease_owner)), None)


def waits(lane: Lane) -> tuple[ColumnElement[bool], ...]:
    """Conditions over File: in this lane, in hand or not."""
    return File.making == lane, File.state == "ready"


def order(lane: Lane) -> list[Any]:
    rank = [case(_RANKS, value=File.kind, else_=_REST)] if lane == "quick" else []
    return [File.wanted_at.is_(None), *rank, File.wanted_at.desc(), File.id.desc()]


def wake(lane: Lane) -> None:
    """Somebody come for the next file of this lane."""
    queue.wake(JOBS[lane], lane=lane)


def wake_idle() -> None:
    """The sweep: a lane that works comes for its next file by itself."""
    for lane in LANES:
        if not in_hand[lane].has_any() and first(lane) is not None:
            wake(lane)


def _is_due() -> ColumnElement[bool]:
    return File.next_try_at <= now()
