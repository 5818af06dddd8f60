"""Where a place is in words, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from appliance.app import close_app, create_app
from appliance.config import Config
from appliance.schema import bring_up_to_date
from appliance_maps.nearby import bearing, compass_point, describe_nearby, name_country
from appliance_maps.place import Place
from tests.harness.templates import keep_compiled

NEAR_TASHKENT = Place(41.3111, 69.2797)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    config = Config(data=Path(tmp_path_factory.mktemp("data")))
    bring_up_to_date(config)
    app = keep_compiled(create_app(config, strict=True))
    yield app
    close_app(app)


def describe(app: Flask, place: Place, language: str) -> str:
    with app.test_request_context(headers={"Accept-Language": language}):
        return describe_nearby(place)


def test_it_names_distance_and_direction_from_the_town(app: Flask) -> None:
    assert describe(app, NEAR_TASHKENT, "en") == "7 km NE of Tashkent"
    assert describe(app, NEAR_TASHKENT, "ru") == "Ташкент, 7 км СВ"


def test_in_the_town_it_names_the_town_alone(app: Flask) -> None:
    assert describe(app, Place(55.7558, 37.6173), "en") == "Moscow"
    assert describe(app, Place(55.7558, 37.6173), "ru") == "Москва"


def test_a_town_without_a_certain_russian_name_keeps_its_own(app: Flask) -> None:
    assert describe(app, Place(47.8, 13.05), "ru") == "Salzburg"


def test_far_from_every_town_it_says_nothing(app: Flask) -> None:
    assert describe(app, Place(0, -30), "en") == ""
    with app.test_request_context():
        assert name_country(Place(0, -30)) == ""


def test_the_country_comes_in_the_readers_language(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "ru"}):
        assert name_country(NEAR_TASHKENT) == "Узбекистан"


@pytest.mark.parametrize(
    ("there", "direction"),
    [((1, 0), 0), ((1, 1), 1), ((0, 1), 2), ((-1, 1), 3), ((-1, 0), 4), ((-1, -1), 5), ((0, -1), 6), ((1, -1), 7)],
)
def test_the_compass_has_eight_points(there: tuple[float, float], direction: int) -> None:
    assert compass_point(bearing(Place(0, 0), Place(*there))) == direction


def test_a_bearing_a_hair_west_of_north_is_north() -> None:
    assert compass_point(359.9) == 0
    assert compass_point(337.4) == 7


def test_a_bearing_goes_the_short_way_over_the_180th_meridian() -> None:
    assert bearing(Place(0, 179), Place(0, -179)) == pytest.approx(90)
