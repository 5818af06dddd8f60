"""When an agent wants no noise: kinds they silenced, and hours of the company's day."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from appliance.models import now
from appliance.services import preferences, settings
from appliance.services.preferences import Preferences
from appliance.values import Actor


def is_silent(by: Actor, kind: str) -> bool:
    """Whether a notice of this kind makes no sound and no message of the operating system just now."""
    chosen = preferences.of(by)
    return kind in chosen.silent or is_quiet(chosen, _minute())


def is_quiet(chosen: Preferences, minute: int) -> bool:
    """Whether a minute of the day lies in the quiet hours, which may go over midnight."""
    begin, end = chosen.quiet_from, chosen.quiet_to
    if begin is None or end is None or begin == end:
        return False
    return begin <= minute < end if begin < end else minute >= begin or minute < end


def _minute() -> int:
    local = now().astimezone(ZoneInfo(settings.get("time_zone")))
    return local.hour * 60 + local.minute
