"""Until when a ticket can sleep: one hour, tomorrow at nine, Monday at nine, or a moment of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask_babel import gettext as _

from appliance.models import now
from appliance.web import local_moments, times

MORNING = 9


@dataclass(frozen=True)
class Choice:
    """`hint` says the moment, so that nobody has to count."""

    code: str
    label: str
    until: datetime

    @property
    def hint(self) -> str:
        return times.moment_with_day(self.until)


def choices() -> list[Choice]:
    return [
        Choice("hour", _("For an hour"), until("hour")),
        Choice("tomorrow", _("Until tomorrow"), until("tomorrow")),
        Choice("monday", _("Until Monday"), until("monday")),
    ]


def until(code: str, moment: datetime | None = None) -> datetime:
    """The moment a choice means, or one written by a clock (local_moments). ValueError for anything else."""
    start = moment or now()
    if code == "hour":
        return start + timedelta(hours=1)
    local = start.astimezone(local_moments.zone())
    days = {"tomorrow": 1, "monday": 7 - local.weekday()}.get(code)
    if days is None:
        return local_moments.read(code)
    # Counted in local days, so that a change of the clocks moves nothing.
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0) + timedelta(days=days)
    return morning.astimezone(UTC)
