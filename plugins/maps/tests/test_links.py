"""Links to other maps: each service wants latitude and longitude in an order of its own."""

from __future__ import annotations

import pytest

from appliance_maps.links import SERVICES, check_names, services_named
from appliance_maps.place import Place

TASHKENT = Place(41.3111, 69.2797)
SHOP = Place(41.3111, 69.2797, title="Чай & Co (2)")


def address(key: str, place: Place) -> str:
    [service] = services_named(key)
    return service.address_of(place)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("openstreetmap", "https://www.openstreetmap.org/?mlat=41.3111&mlon=69.2797#map=17/41.3111/69.2797"),
        ("google", "https://www.google.com/maps/search/?api=1&query=41.3111,69.2797"),
        ("yandex", "https://yandex.com/maps/?pt=69.2797,41.3111&z=17&l=map"),
        ("2gis", "https://2gis.com/geo/69.2797,41.3111?m=69.2797,41.3111/17"),
        ("apple", "https://maps.apple.com/?ll=41.3111,69.2797&q=41.3111,69.2797"),
        ("geo", "geo:41.3111,69.2797?q=41.3111,69.2797"),
    ],
)
def test_each_service_gets_its_own_order(key: str, expected: str) -> None:
    assert address(key, TASHKENT) == expected


def test_a_name_is_encoded_and_cannot_add_parameters() -> None:
    name = "%D0%A7%D0%B0%D0%B9%20%26%20Co%20%282%29"
    assert address("geo", SHOP) == f"geo:41.3111,69.2797?q=41.3111,69.2797({name})"
    assert address("apple", SHOP) == f"https://maps.apple.com/?ll=41.3111,69.2797&q={name}"


def test_small_numbers_are_not_written_with_an_exponent() -> None:
    assert address("geo", Place(0.00001, -0.00000001)) == "geo:0.00001,0?q=0.00001,0"


def test_the_owner_chooses_which_links_stand_in_which_order() -> None:
    assert [service.key for service in services_named(" Yandex, google ,nowhere")] == ["yandex", "google"]
    assert services_named("") == []


def test_an_unknown_service_is_refused() -> None:
    assert check_names(", ".join(service.key for service in SERVICES)) is None
    assert check_names("google; yandex") is not None
