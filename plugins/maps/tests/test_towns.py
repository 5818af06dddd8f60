"""The file of towns: who is in it, what they are called, and which is the nearest."""

from __future__ import annotations

import random
import sqlite3

import pytest

from appliance import metres_between
from appliance_maps.labels import MOST_LABELS, choose_labels, to_pixels
from appliance_maps.place import Place
from appliance_maps.towns import FILE, Area, Town, find_nearest_town, find_towns

WORLD = Area(-90, -180, 90, 180)
KNOWN = {
    "Moscow": "Москва",
    "Saint Petersburg": "Санкт-Петербург",
    "Tashkent": "Ташкент",
    "Almaty": "Алматы",
    "Astana": "Астана",
    "Oral": "Уральск",
    "Bishkek": "Бишкек",
    "Kyiv": "Киев",
    "Odesa": "Одесса",
    "Minsk": "Минск",
    "Hrodna": "Гродно",
    "Bukhara": "Бухара",
    "Kazan": "Казань",
    "Rostov-on-Don": "Ростов-на-Дону",
    "Grozny": "Грозный",
    "Beijing": "Пекин",
    "London": "Лондон",
    "Paris": "Париж",
    "Novi Sad": None,
    "Plovdiv": None,
    "Chengdu": None,
    "Salzburg": None,
}


@pytest.fixture(scope="module")
def large() -> dict[str, Town]:
    """Towns by name; of several the largest."""
    return {town.name: town for town in sorted(find_towns(WORLD, 50_000), key=lambda town: town.people)}


@pytest.mark.parametrize(("name", "russian"), KNOWN.items())
def test_it_knows_russian_names_where_they_are_certain(large: dict[str, Town], name: str, russian: str | None) -> None:
    assert large[name].russian == russian


def test_nearly_every_town_of_russia_has_its_russian_name() -> None:
    towns = [town for town in find_towns(Area(41, 19, 82, 180)) if town.country == "RU"]
    assert sum(town.russian is not None for town in towns) > 0.95 * len(towns) > 2000


def test_russian_names_are_written_in_russian_letters_alone() -> None:
    names = {town.russian for town in find_towns(WORLD) if town.russian}
    letters = set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя- ")
    assert [name for name in names if not set(name.lower()) <= letters] == []
    assert [name for name in names if name.endswith(("ъ", "ськ", "ець"))] == []


def test_a_town_has_country_people_and_time_zone(large: dict[str, Town]) -> None:
    town = large["Tashkent"]
    assert (town.country, town.time_zone) == ("UZ", "Asia/Tashkent")
    assert town.people > 1_000_000


def test_the_nearest_town_is_the_one_of_a_search_through_all() -> None:
    everywhere = find_towns(WORLD)
    dice = random.Random(7)
    for _turn in range(15):
        place = Place(dice.uniform(-60, 75), dice.uniform(-180, 180))
        best = min(everywhere, key=lambda town: metres_between(place, town) - town.reach)
        expected = best if metres_between(place, best) - best.reach <= 175_000 else None
        assert find_nearest_town(place) == expected


def test_a_large_town_begins_at_its_outskirts() -> None:
    inside = find_nearest_town(Place(51.46, -0.11))
    beside = find_nearest_town(Place(55.91, 37.73))
    assert inside is not None
    assert beside is not None
    assert (inside.name, beside.name) == ("London", "Mytishchi")


def test_the_nearest_town_may_be_on_the_other_side_of_the_180th_meridian() -> None:
    town = find_nearest_town(Place(-17, -179.9))
    assert town is not None
    assert (town.country, town.longitude > 0) == ("FJ", True)


def test_at_the_poles_and_at_sea_there_is_no_town() -> None:
    assert [find_nearest_town(Place(*at)) for at in ((90, 0), (-90, 0), (0, -30))] == [None, None, None]


def test_the_file_is_small_and_cannot_be_written() -> None:
    assert FILE.stat().st_size < 8_000_000
    with pytest.raises(sqlite3.OperationalError):
        sqlite3.connect(f"{FILE.as_uri()}?mode=ro&immutable=1", uri=True).execute("DELETE FROM town")


def test_a_map_of_the_world_names_its_largest_towns() -> None:
    names = [label.name for label in choose_labels(WORLD, 2, "ru")]
    assert "Москва" in names
    assert len(names) <= MOST_LABELS


def test_nearer_by_more_towns_are_named() -> None:
    around = Area(40, 67, 43, 71)
    far, near = (choose_labels(around, zoom, "en") for zoom in (5, 9))
    assert "Tashkent" in {label.name for label in far}
    assert len(near) > len(far) > 0


def test_no_name_stands_upon_another() -> None:
    labels = choose_labels(Area(48, 5, 53, 11), 7, "en")
    places = [(to_pixels(label.latitude, label.longitude, 7), 7 * len(label.name)) for label in labels]
    for index, ((x, y), width) in enumerate(places):
        for (other_x, other_y), other_width in places[index + 1 :]:
            apart = other_x > x + width or x > other_x + other_width or abs(other_y - y) > 9
            assert apart


def test_web_mercator_puts_the_null_island_in_the_middle() -> None:
    assert to_pixels(0, 0, 0) == pytest.approx((128, 128))
