"""Moments as <input type=datetime-local> writes them: by the reader's clock, without a zone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask_babel import get_timezone


def zone() -> ZoneInfo:
    """The reader's."""
    return ZoneInfo(str(get_timezone() or "UTC"))


def read(written: str) -> datetime:
    """In UTC. ValueError for anything that is no such moment, and for years nobody means."""
    local = datetime.fromisoformat(written[:16])
    if local.tzinfo is not None or not 2000 <= local.year < 2200:
        raise ValueError("no local moment")
    return local.replace(tzinfo=zone()).astimezone(UTC)


def write(moment: datetime | None) -> str:
    """What the field shows; '' for none."""
    return moment.astimezone(zone()).strftime("%Y-%m-%dT%H:%M") if moment else ""
