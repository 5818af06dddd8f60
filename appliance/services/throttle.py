"""Slowing down a guesser: each failure beyond the free ones doubles the wait, remembered in the database."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.db import upsert
from appliance.models import Attempt, now

FREE = 5
LONGEST = timedelta(minutes=15)
FORGOTTEN = timedelta(days=1)


class Throttled(Exception):
    """Too many failures; `seconds` until the next try."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds


def attempt(*subjects: str, free: int = FREE) -> None:
    """Count a try against each subject *before* it is judged, so that many at once cannot slip through.

    Raises Throttled, counting nothing, while any of them has to wait. `succeeded` takes the count back.
    """
    moment = now()
    with db.write() as session:
        session.execute(delete(Attempt).where(Attempt.last_at < moment - FORGOTTEN))
        known = [_find(session, subject[:128]) for subject in subjects]
        until = max((row.blocked_until for row in known if row.blocked_until), default=moment)
        if until > moment:
            raise Throttled(int((until - moment).total_seconds()) + 1)
        for row in known:
            row.failures += 1
            row.last_at = moment
            row.blocked_until = _wait(row.failures, free, moment)


def succeeded(*subjects: str) -> None:
    with db.write() as session:
        session.execute(delete(Attempt).where(Attempt.subject.in_([subject[:128] for subject in subjects])))


def _find(session: Session, subject: str) -> Attempt:
    session.execute(upsert(Attempt).values(subject=subject, failures=0, last_at=now()).on_conflict_do_nothing())
    return session.scalars(select(Attempt).where(Attempt.subject == subject)).one()


def _wait(failures: int, free: int, moment: datetime) -> datetime | None:
    if failures < free:
        return None
    # 2 s, 4 s, 8 s … ; the exponent is capped before it can overflow.
    return moment + min(LONGEST, timedelta(seconds=2 ** min(failures - free + 1, 12)))
