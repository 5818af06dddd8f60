"""Time zones to choose from, as people know them: by region and city."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

REGIONS = ("Europe", "Asia", "Africa", "America", "Australia", "Pacific", "Atlantic", "Indian", "Antarctica")


def choices(current: str) -> list[tuple[str, tuple[str, ...]]]:
    """(region, zone names); the current one is always among them."""
    known = [(region, _zones(region)) for region in REGIONS]
    listed = {zone for _, zones in known for zone in zones}
    others = tuple(dict.fromkeys(zone for zone in (current, "UTC") if zone and zone not in listed))
    return [*known, ("", others)]


@cache
def _zones(region: str) -> tuple[str, ...]:
    return tuple(sorted(zone for zone in available_timezones() if zone.startswith(f"{region}/")))
