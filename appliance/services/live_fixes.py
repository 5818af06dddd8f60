"""Where a live location was seen: each update is kept as a fix, in the transaction that brings it.

Couriers' phones report every few seconds: one insert and one update for each.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import isfinite

from sqlalchemy import Double, bindparam, insert, select
from sqlalchemy.orm import Session

from appliance.models import Instant, LiveFix, LiveShare, Message, Part, table_of
from appliance.values import Fix, IncomingPosition, Json

# Beyond this a measure says nothing.
WIDEST_ACCURACY = 1e5
# Who shares longer shares without an end.
LONGEST = 10 * 365 * 86_400
_fix = table_of(LiveFix)
_told = _fix.alias("told")
_NUMBERS = ("latitude", "longitude", "accuracy", "heading")
# What is told twice is kept once.
_ADD = insert(_fix).from_select(
    ["message_id", "at", *_NUMBERS],
    select(
        bindparam("message", type_=_fix.c.message_id.type),
        bindparam("moment", type_=Instant()),
        *(bindparam(name, type_=Double()) for name in _NUMBERS),
    ).where(
        ~select(_told.c.id)
        .where(
            _told.c.message_id == bindparam("message"),
            _told.c.at == bindparam("moment", type_=Instant()),
            _told.c.latitude == bindparam("latitude", type_=Double()),
            _told.c.longitude == bindparam("longitude", type_=Double()),
        )
        .correlate(None)
        .exists()
    ),
)


def begin(session: Session, message_id: int, part_id: int, at: datetime, data: Json) -> None:
    """Somebody begins to share where they are, in a message that came at this time."""
    fix = read_fix(data, at)
    if fix is not None:
        _begin(session, message_id, part_id, at, fix, data)


def note(session: Session, message: Message, part: Part, incoming: IncomingPosition) -> bool:
    """Keep what a position tells; whether it is news of where they are now, or the end."""
    fix = read_fix(incoming.data, incoming.at)
    if fix is None:
        return False
    live = bool(incoming.data.get("live"))
    share = session.get(LiveShare, message.id) or _begin_late(session, message, part, live)
    if share is None:
        return True
    return _moved(session, share, fix, incoming.data) if live else _ended(session, share, fix, part)


def read_fix(data: Json, at: datetime) -> Fix | None:
    """The fix in a location's data; None when it names no point on the earth."""
    latitude, longitude = _number(data, "latitude", -90, 90), _number(data, "longitude", -180, 180)
    if latitude is None or longitude is None:
        return None
    return Fix(at, latitude, longitude, _number(data, "accuracy", 0, WIDEST_ACCURACY), _number(data, "heading", 0, 360))


def _begin(session: Session, message_id: int, part_id: int, at: datetime, fix: Fix, data: Json) -> LiveShare:
    share = LiveShare(
        message_id=message_id, part_id=part_id, started_at=at, until=_until(at, data), ended_at=None, heard_at=fix.at
    )
    session.add(share)
    session.flush()
    _add(session, message_id, fix)
    return share


def _begin_late(session: Session, message: Message, part: Part, live: bool) -> LiveShare | None:
    """A live location that came before its fixes were kept begins with what its part shows. None: it is no live one."""
    if not live and not part.data.get("live"):
        return None
    first = read_fix(part.data, _moved_at(part) or message.at)
    return None if first is None else _begin(session, message.id, part.id, message.at, first, part.data)


def _moved(session: Session, share: LiveShare, fix: Fix, data: Json) -> bool:
    if not _add(session, share.message_id, fix):
        return False
    # What was overtaken by a newer one, or by the end, is part of the trail all the same.
    if fix.at < share.heard_at or (share.ended_at is not None and fix.at <= share.ended_at):
        return False
    share.heard_at, share.ended_at, share.until = fix.at, None, _until(share.started_at, data)
    return True


def _ended(session: Session, share: LiveShare, fix: Fix, part: Part) -> bool:
    """The end repeats the last place, mostly: then nobody was seen there once more."""
    if share.ended_at is not None or fix.at < share.heard_at:
        return False
    if (fix.latitude, fix.longitude) != (part.data.get("latitude"), part.data.get("longitude")):
        _add(session, share.message_id, fix)
        share.heard_at = fix.at
    share.ended_at = fix.at
    return True


def _add(session: Session, message_id: int, fix: Fix) -> bool:
    values = {"message": message_id, "moment": fix.at, **{name: getattr(fix, name) for name in _NUMBERS}}
    return bool(session.connection().execute(_ADD, values).rowcount)


def _until(started_at: datetime, data: Json) -> datetime | None:
    period = _number(data, "period", 1, LONGEST)
    return None if period is None else started_at + timedelta(seconds=period)


def _moved_at(part: Part) -> datetime | None:
    told = part.data.get("moved_at")
    return datetime.fromisoformat(told) if isinstance(told, str) else None


def _number(data: Json, name: str, least: float, most: float) -> float | None:
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return float(value) if least <= value <= most else None
