"""Times in which a connection could not receive: noted when it is well again, told for as long as they matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Connection, Outage, now

# A restart, an upgrade, a router that comes up again: nothing worth a word.
SHORTEST = timedelta(minutes=10)
TOLD = timedelta(days=7)


@dataclass(frozen=True)
class OutageView:
    """`lost`: it was longer than the messenger keeps what nobody fetches."""

    connection_id: int
    began_at: datetime
    ended_at: datetime
    lost: bool


def note(session: Session, connection: Connection, moment: datetime) -> None:
    """The connection answers; if it was away for long, keep from when to when. Called before `alive_at` moves on."""
    last = connection.alive_at
    if last is None or moment - last < SHORTEST:
        return
    session.add(Outage(connection_id=connection.id, began_at=last, ended_at=moment))


def recent(keeps_hours: dict[int, int]) -> list[OutageView]:
    """Those of the last week, newest first. `keeps_hours` by connection: see Capabilities.keeps_hours."""
    query = select(Outage).where(Outage.ended_at > now() - TOLD).order_by(Outage.id.desc())
    with db.session() as session:
        return [_view(row, keeps_hours.get(row.connection_id, 0)) for row in session.scalars(query)]


def _view(row: Outage, hours: int) -> OutageView:
    lost = hours > 0 and row.ended_at - row.began_at > timedelta(hours=hours)
    return OutageView(row.connection_id, row.began_at, row.ended_at, lost)
