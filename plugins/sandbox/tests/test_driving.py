"""The demo's courier on the road."""

from __future__ import annotations

from itertools import islice
from threading import Event

import pytest

from appliance_sandbox.control import Phone
from appliance_sandbox.driving import drive, heading, places_on

WAY = [(55.75, 37.61), (55.752, 37.61)]


def places(phone: Phone) -> list[dict[str, float]]:
    return [one["location"] for one in phone.messages() if "location" in one]


def test_it_goes_to_and_fro_step_by_step() -> None:
    latitudes = [latitude for latitude, _longitude in islice(places_on(WAY), 9)]
    assert latitudes == [55.75, 55.7505, 55.751, 55.7515, 55.752, 55.7515, 55.751, 55.7505, 55.75]


@pytest.mark.parametrize(("there", "degrees"), [((56, 37), 360), ((55, 38), 90), ((54, 37), 180), ((55, 36), 270)])
def test_it_looks_where_it_goes(there: tuple[float, float], degrees: int) -> None:
    assert heading((55, 37), there) == degrees


def test_it_stops_when_it_is_told_to(phone: Phone) -> None:
    phone.location(*WAY[0], live_period=900)
    stop = Event()
    stop.set()
    drive(phone, {"drive": 60, "way": WAY}, stop)
    assert [place["latitude"] for place in places(phone)] == [55.75]
    assert "live_period" in places(phone)[0]


def test_in_the_end_it_shares_no_more(phone: Phone) -> None:
    phone.location(*WAY[0], live_period=900)
    drive(phone, {"drive": 0.002, "way": WAY}, Event(), every=0.05)
    (place,) = places(phone)
    assert "live_period" not in place
    assert place["latitude"] > 55.75
