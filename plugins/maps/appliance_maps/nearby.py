"""Where a place is, in the words of a person: "7 km NE of Tashkent"."""

from __future__ import annotations

from functools import lru_cache
from math import atan2, cos, degrees, radians, sin

from flask_babel import get_locale
from flask_babel import gettext as _

from appliance import Point, mark, metres_between
from appliance_maps.place import Place
from appliance_maps.towns import Town, find_nearest_town

# Nearer to its middle one is simply there.
WITHIN_METRES = 2000
# Clockwise from north; whole phrases, because languages put these words in orders of their own.
DIRECTIONS = (
    mark("%(km)s km N of %(town)s"),
    mark("%(km)s km NE of %(town)s"),
    mark("%(km)s km E of %(town)s"),
    mark("%(km)s km SE of %(town)s"),
    mark("%(km)s km S of %(town)s"),
    mark("%(km)s km SW of %(town)s"),
    mark("%(km)s km W of %(town)s"),
    mark("%(km)s km NW of %(town)s"),
)


def describe_nearby(place: Place) -> str:
    """The nearest town, and how far in which direction from it the place is; '' far away from every town. Needs a
    request, for the reader's language."""
    town = _nearest(place.latitude, place.longitude)
    if town is None:
        return ""
    name = town.called(_language())
    metres = metres_between(town, place)
    if metres < WITHIN_METRES:
        return name
    return _(DIRECTIONS[compass_point(bearing(town, place))], km=round(metres / 1000), town=name)


def name_country(place: Place) -> str:
    """The nearest town's country in the reader's language; '' far away from every town."""
    town = _nearest(place.latitude, place.longitude)
    locale = get_locale()
    return (locale.territories.get(town.country) or town.country) if town and locale else ""


def bearing(here: Point, there: Point) -> float:
    """Which way one sets out from here to there: degrees clockwise from north, 0 to 360."""
    across = radians(there.longitude - here.longitude)
    first, second = radians(here.latitude), radians(there.latitude)
    east = sin(across) * cos(second)
    north = cos(first) * sin(second) - sin(first) * cos(second) * cos(across)
    return degrees(atan2(east, north)) % 360


def compass_point(degrees_from_north: float) -> int:
    """Which of eight directions that is: 0 for north, 1 for north-east, and so on clockwise."""
    return round(degrees_from_north / 45) % 8


def _language() -> str:
    locale = get_locale()
    return str(locale.language) if locale else "en"


@lru_cache(maxsize=1024)
def _nearest(latitude: float, longitude: float) -> Town | None:
    # The same messages are looked at again and again; towns do not move.
    return find_nearest_town(Place(latitude, longitude))
