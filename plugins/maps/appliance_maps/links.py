"""The same place at other maps. Each wants its coordinates in an order of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from appliance import mark
from appliance_maps.place import Place


@dataclass(frozen=True)
class MapService:
    """A map elsewhere: `title` is a msgid, `address_of` makes the link to a place, `route_of` to the way there."""

    key: str
    title: str
    address_of: Callable[[Place], str]
    route_of: Callable[[Place], str] | None = None


def openstreetmap(place: Place) -> str:
    latitude, longitude = place.degrees()
    return f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"


def google(place: Place) -> str:
    latitude, longitude = place.degrees()
    return f"https://www.google.com/maps/search/?api=1&query={latitude},{longitude}"


def google_route(place: Place) -> str:
    latitude, longitude = place.degrees()
    return f"https://www.google.com/maps/dir/?api=1&destination={latitude},{longitude}"


def yandex(place: Place) -> str:
    latitude, longitude = place.degrees()
    # Longitude first.
    return f"https://yandex.com/maps/?pt={longitude},{latitude}&z=17&l=map"


def yandex_route(place: Place) -> str:
    latitude, longitude = place.degrees()
    # Latitude first, here alone; what stands before the tilde is where one is.
    return f"https://yandex.com/maps/?rtext=~{latitude},{longitude}&rtt=auto"


def two_gis(place: Place) -> str:
    latitude, longitude = place.degrees()
    # Longitude first.
    return f"https://2gis.com/geo/{longitude},{latitude}?m={longitude},{latitude}/17"


def apple(place: Place) -> str:
    latitude, longitude = place.degrees()
    name = quote(place.title, safe="") or f"{latitude},{longitude}"
    return f"https://maps.apple.com/?ll={latitude},{longitude}&q={name}"


def geo(place: Place) -> str:
    """A geo: address (RFC 5870), which phones open in the map app of the person's choice."""
    latitude, longitude = place.degrees()
    name = f"({quote(place.title, safe='')})" if place.title else ""
    return f"geo:{latitude},{longitude}?q={latitude},{longitude}{name}"


SERVICES = (
    MapService("openstreetmap", "OpenStreetMap", openstreetmap),
    MapService("google", mark("Google Maps"), google, google_route),
    MapService("yandex", mark("Yandex Maps"), yandex, yandex_route),
    MapService("2gis", mark("2GIS"), two_gis),
    MapService("apple", mark("Apple Maps"), apple),
    MapService("geo", mark("Map app"), geo),
)


def services_named(names: str) -> list[MapService]:
    """The services of a comma-separated list of keys, in its order; unknown names are left out."""
    known = {service.key: service for service in SERVICES}
    return [known[name] for name in _split(names) if name in known]


def check_names(names: str) -> str | None:
    """What is wrong with such a list, as a msgid; None if nothing is."""
    keys = {service.key for service in SERVICES}
    if set(_split(names)) <= keys:
        return None
    return mark("Use these names, with commas between them: openstreetmap, google, yandex, 2gis, apple, geo.")


def _split(names: str) -> list[str]:
    return [name for name in (part.strip().lower() for part in names.split(",")) if name]
