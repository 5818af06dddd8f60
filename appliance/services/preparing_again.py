"""Having files prepared once more: one that failed, or all of a kind after a change for the better."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, update

from appliance import db
from appliance.models import File, now
from appliance.services import preparing_order
from appliance.services.fetching import tell
from appliance.values import PartKind

_ANEW = {"making": "quick", "failure": "", "making_attempts": 0, "lease_owner": "", "next_try_at": None}


def retry(file_id: int) -> None:
    """Try again what could not be made; somebody waits for it."""
    with db.write() as session:
        anew = update(File).where(File.id == file_id, File.making == "failed", File.dropped_at.is_(None))
        if session.execute(anew.values(**_ANEW, wanted_at=now()).returning(File.id)).first() is None:
            return
        tell(session, session.get_one(File, file_id))
    preparing_order.wake("quick")


def retry_all(which: ColumnElement[bool]) -> None:
    """Everything that could not be made, of the files that meet a condition; open bubbles follow as each is done."""
    anew = update(File).where(File.making == "failed", File.dropped_at.is_(None), which)
    with db.write() as session:
        session.execute(anew.values(**_ANEW, wanted_at=now()), execution_options={"synchronize_session": False})
    preparing_order.wake("quick")


def prepare_again(kinds: Collection[PartKind], *, only_failed: bool = False, since: datetime | None = None) -> int:
    """Have renditions made anew, of all kinds if none is named; how many files that are. The old ones stay until the
    new are there. However many they are, whatever somebody waits for comes before them."""
    states = ("failed",) if only_failed else ("", "failed")
    anew = update(File).where(File.state == "ready", File.dropped_at.is_(None), File.making.in_(states))
    anew = anew.where(File.kind.in_(kinds)) if kinds else anew
    anew = anew.where(File.created_at >= since) if since else anew
    with db.write() as session:
        count = len(session.execute(anew.values(**_ANEW, wanted_at=None).returning(File.id)).all())
    preparing_order.wake("quick")
    return count
