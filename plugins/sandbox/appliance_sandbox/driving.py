"""A courier of the demo on the road: somebody moves on the maps while they are looked at."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import cycle, pairwise
from math import atan2, cos, degrees, radians
from threading import Event
from typing import Any

from appliance_sandbox.control import Phone

EVERY_SECONDS = 10.0
# As slow as a van in town: so many degrees of latitude, 60 m, at a time.
STEP = 0.00054
Place = tuple[float, float]


def drive(phone: Phone, step: dict[str, Any], stop: Event, every: float = EVERY_SECONDS) -> None:
    """To and fro on the `way` for `drive` minutes, with the newest live location; then it ends. Or until told to."""
    message = next((one for one in reversed(phone.messages()) if "live_period" in one.get("location", {})), None)
    if message is None:
        return
    number, end = message["message_id"], time.monotonic() + step["drive"] * 60
    for here, there in pairwise(places_on([tuple(place) for place in step["way"]])):
        if stop.wait(every):
            return
        phone.move(number, *there, heading=heading(here, there), horizontal_accuracy=12)
        if time.monotonic() >= end:
            phone.stop(number)
            return


def places_on(way: Sequence[Place]) -> Iterator[Place]:
    """Step by step to its end and back, again and again."""
    round_trip = [*way, *reversed(way[:-1])]
    for (lat1, lon1), (lat2, lon2) in cycle(list(pairwise(round_trip))):
        steps = max(1, round(max(abs(lat2 - lat1), abs(lon2 - lon1) * cos(radians(lat1))) / STEP))
        for count in range(steps):
            share = count / steps
            yield round(lat1 + (lat2 - lat1) * share, 6), round(lon1 + (lon2 - lon1) * share, 6)


def heading(here: Place, there: Place) -> int:
    """Degrees clockwise from north, 1 to 360 as the messenger counts them."""
    east = (there[1] - here[1]) * cos(radians(here[0]))
    return round(degrees(atan2(east, there[0] - here[0]))) % 360 or 360
