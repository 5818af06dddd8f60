"""What is kept of where live locations were: what says something, and in the end only where they began and ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import case, delete, func, or_, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import LiveFix, LiveShare, now
from appliance.services import settings
from appliance.values import Fix, metres_between

# Worse than this it may be the next street.
UNSURE = 200.0
# Nobody sees such a step on a map, and a phone that lies still makes thousands of them.
STEP = 10.0
PAUSE = timedelta(seconds=30)
# Until then every fix stays as it was told.
WHOLE = timedelta(days=1)
BATCH = 500
Seen = TypeVar("Seen", Fix, LiveFix)


def thin(fixes: Sequence[Seen]) -> list[Seen]:
    """Without those that are too unsure to say anything, and those soon after another at the same place. Oldest
    first."""
    kept: list[Seen] = []
    for fix in fixes:
        if fix.accuracy is not None and fix.accuracy > UNSURE:
            continue
        if kept and fix.at - kept[-1].at < PAUSE and metres_between(kept[-1], fix) < STEP:
            continue
        kept.append(fix)
    return kept


def tidy() -> None:
    """Thin what is older than a day, and forget the ways of long ago: a share at a time, so that nobody waits."""
    moment = now()
    for message_id in _unthinned(moment - WHOLE):
        _thin(message_id, moment - WHOLE)
    old = moment - timedelta(days=settings.get_number("trail_days"))
    for message_id in _with_ways(old):
        _forget_way(message_id, old)


def _unthinned(until: datetime) -> Sequence[int]:
    due = or_(LiveShare.thinned_until.is_(None), LiveShare.thinned_until < LiveShare.heard_at)
    with db.session() as session:
        return session.scalars(select(LiveShare.message_id).where(LiveShare.started_at < until, due)).all()


def _thin(message_id: int, until: datetime) -> None:
    with db.write() as session:
        share = session.get(LiveShare, message_id)
        if share is None:
            return
        query = select(LiveFix).where(LiveFix.message_id == message_id, LiveFix.at <= until)
        if share.thinned_until is not None:
            query = query.where(LiveFix.at > share.thinned_until)
        rows = session.scalars(query.order_by(LiveFix.at, LiveFix.id)).all()
        # Where it began and where it ended stay, however unsure.
        kept = {row.id for row in (*thin(rows), *rows[:1], *rows[-1:])}
        _delete(session, [row.id for row in rows if row.id not in kept])
        share.thinned_until = until


def _with_ways(old: datetime) -> Sequence[int]:
    """Live locations with more than a start and an end before then."""
    query = (
        select(LiveFix.message_id)
        .join(LiveShare, LiveShare.message_id == LiveFix.message_id)
        .where(LiveShare.started_at < old, LiveFix.at < old)
        .group_by(LiveFix.message_id, LiveShare.heard_at)
        # Where it is now may be newer; then only its start is as old as that.
        .having(func.count() > case((LiveShare.heard_at < old, 2), else_=1))
    )
    with db.session() as session:
        return session.scalars(query).all()


def _forget_way(message_id: int, old: datetime) -> None:
    with db.write() as session:
        of_it = select(LiveFix.id).where(LiveFix.message_id == message_id).order_by(LiveFix.at, LiveFix.id)
        found = session.scalars(of_it).all()
        late = set(session.scalars(of_it.where(LiveFix.at >= old)))
        _delete(session, [number for number in found[1:-1] if number not in late])


def _delete(session: Session, numbers: Sequence[int]) -> None:
    for start in range(0, len(numbers), BATCH):
        session.execute(delete(LiveFix).where(LiveFix.id.in_(numbers[start : start + BATCH])))
