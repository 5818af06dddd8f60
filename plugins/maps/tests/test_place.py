"""What a message says of a place is checked before anything is drawn from it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from appliance_maps.place import Place, read_place


def test_coordinates_are_written_with_five_decimals() -> None:
    assert Place(55.7558, 37.6173).coordinates == "55.75580, 37.61730"
    assert Place(-33.8688197, 151.2092955).coordinates == "-33.86882, 151.20930"
    assert Place(-0.000001, 180).coordinates == "0.00000, 180.00000"


def test_it_reads_a_live_location() -> None:
    data = {"latitude": 55, "longitude": 37.5, "accuracy": 40.5, "heading": 80, "live": True}
    assert read_place(data) == Place(55.0, 37.5, accuracy=40.5, heading=80.0, live=True)


def test_it_reads_when_a_live_location_moved() -> None:
    place = read_place({"latitude": 1, "longitude": 2, "moved_at": "2026-03-01T10:00:00+00:00"})
    assert place is not None
    assert place.moved_at == datetime(2026, 3, 1, 10, tzinfo=UTC)


def test_it_reads_a_venue() -> None:
    place = read_place({"latitude": 1.5, "longitude": 2.5, "title": " Café ", "address": "Main St 1"})
    assert place == Place(1.5, 2.5, title="Café", address="Main St 1")


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"latitude": 55},
        {"latitude": 91, "longitude": 0},
        {"latitude": 0, "longitude": -180.1},
        {"latitude": "55", "longitude": "37"},
        {"latitude": True, "longitude": 1},
        {"latitude": float("nan"), "longitude": 1},
        {"latitude": None, "longitude": 1},
    ],
)
def test_what_is_no_point_on_the_earth_is_no_place(data: dict[str, Any]) -> None:
    assert read_place(data) is None


@pytest.mark.parametrize(
    "extra",
    [{"accuracy": -1}, {"accuracy": "far"}, {"heading": 361}, {"moved_at": "yesterday"}, {"moved_at": "2026-03-01"}],
)
def test_an_odd_detail_does_not_hide_the_place(extra: dict[str, Any]) -> None:
    assert read_place({"latitude": 1, "longitude": 2, **extra}) == Place(1.0, 2.0)


def test_texts_that_are_no_texts_are_left_out() -> None:
    assert read_place({"latitude": 1, "longitude": 2, "title": ["x"], "address": 5}) == Place(1.0, 2.0)
