"""Which file is prepared next. The queue only says that there is work; what comes first is decided here, when a lane
is free, so that no order of wake-ups can make a voice wait behind a thousand old films.

First what somebody waits for, then what the house wants made anew. In the quick lane a voice comes before a picture and
a picture before the rest. Then the newest: it is what staff have open; after an outage the old ones follow.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, case, or_, select
from sqlalchemy.orm import Session

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
    wanted = waits(lane, anew=False).order_by(*order(lane))
    with db.session() as session:
        found = _free(session, wanted, lane)
        # By the thousand, perhaps: in the order the index has them.
        return found or _free(session, waits(lane, anew=True).order_by(File.id.desc()), lane)


def waits(lane: Lane, *, anew: bool) -> Select[int, str]:
    """Files in this lane, in hand or not: those that somebody waits for, or those the house wants made anew."""
    query = select(File.id, File.lease_owner).where(File.making == lane, File.state == "ready")
    return query.where(File.wanted_at.is_(None) if anew else File.wanted_at.is_not(None))


def order(lane: Lane) -> list[ColumnElement[Any]]:
    """Of what somebody waits for."""
    rank = [case(_RANKS, value=File.kind, else_=_REST)] if lane == "quick" else []
    return [*rank, File.wanted_at.desc(), File.id.desc()]


def wake(lane: Lane) -> None:
    """Somebody come for the next file of this lane."""
    queue.wake(JOBS[lane], lane=lane)


def wake_idle() -> None:
    """The sweep: a lane that works comes for its next file by itself."""
    for lane in LANES:
        if not in_hand[lane].has_any() and first(lane) is not None:
            wake(lane)


def _free(session: Session, query: Select[int, str], lane: Lane) -> int | None:
    due = query.where(or_(File.next_try_at.is_(None), File.next_try_at <= now()))
    rows = session.execute(due.limit(_LOOK_AT)).all()
    return next((row.id for row in rows if not in_hand[lane].is_held(row.id, row.lease_owner)), None)
