"""The towns of the world, from a file beside this one: GeoNames, CC BY 4.0, made by make_places.py.

Opened read-only and never written: a lookup takes about a millisecond and no memory to speak of.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians, sqrt
from pathlib import Path

from appliance import Point, metres_between

CREDIT = "GeoNames (CC BY 4.0)"
FILE = Path(__file__).parent / "data" / "places.db"
# Farther away a town says nothing of a place.
FARTHEST_METRES = 200_000
_METRES_PER_DEGREE = 111_195
# From here on the towns of the whole world are fewer than those of one large area.
_FOUND_BY_SIZE = 300_000
# The first is enough within a large town, the second nearly everywhere.
_REACHES = (20_000, 50_000, FARTHEST_METRES)
LARGEST_METRES = 25_000
_COLUMNS = "town.name, town.russian, town.country, town.people, zone.name, spot.south, spot.west"
_JOINED = "JOIN town ON town.id = spot.id JOIN zone ON zone.id = town.zone"
_AROUND = f"""
SELECT {_COLUMNS} FROM spot {_JOINED}
WHERE spot.north >= ? AND spot.south <= ? AND spot.east >= ? AND spot.west <= ?
"""  # noqa: S608 -- put together from the lines above alone
_LARGE = f"""
SELECT {_COLUMNS} FROM town INDEXED BY town_people CROSS JOIN spot ON spot.id = town.id JOIN zone ON zone.id = town.zone
WHERE town.people >= 300000 AND town.people >= ?
AND spot.north >= ? AND spot.south <= ? AND spot.east >= ? AND spot.west <= ?
"""  # noqa: S608
_open = threading.local()


@dataclass(frozen=True)
class Town:
    """`russian` is None where it is not certain; country: ISO 3166 two letters; time_zone: IANA."""

    name: str
    russian: str | None
    country: str
    people: int
    time_zone: str
    latitude: float
    longitude: float

    def called(self, language: str) -> str:
        """Its name in the reader's language, else the Latin one."""
        return (self.russian if language == "ru" else None) or self.name

    @property
    def reach(self) -> float:
        """How far it goes, in metres, roughly: two million people take seven kilometres around their centre."""
        return min(sqrt(self.people) * 5, LARGEST_METRES)


@dataclass(frozen=True)
class Area:
    """Degrees; west is at most east: nothing of it goes beyond the 180th meridian."""

    south: float
    west: float
    north: float
    east: float


def find_nearest_town(point: Point) -> Town | None:
    """The town a person there would name: the nearest, where a large one begins at its outskirts; None if none is
    within some 200 km."""
    for reach in _REACHES:
        near = [town for area in _areas_around(point, reach) for town in find_towns(area)]
        best = min(near, key=lambda town: metres_between(point, town) - town.reach, default=None)
        # What lies outside the area is farther away than its edge, but might be large.
        if best and metres_between(point, best) - best.reach <= reach - LARGEST_METRES:
            return best
    return None


def find_towns(area: Area, people: int = 0) -> list[Town]:
    """All towns there with at least so many people, in no order."""
    edges = (area.south, area.north, area.west, area.east)
    if people >= _FOUND_BY_SIZE:
        rows = _database().execute(_LARGE, (people, *edges))
    else:
        rows = _database().execute(f"{_AROUND} AND town.people >= ?", (*edges, people))
    return [Town(*row) for row in rows]


def _areas_around(point: Point, metres: float) -> Iterator[Area]:
    """One area, or two at the 180th meridian."""
    height = metres / _METRES_PER_DEGREE
    south, north = max(point.latitude - height, -90), min(point.latitude + height, 90)
    # Meridians meet at the poles: there the area goes all around.
    width = min(height / max(cos(radians(max(abs(south), abs(north)))), 0.001), 180)
    west, east = point.longitude - width, point.longitude + width
    yield Area(south, max(west, -180), north, min(east, 180))
    if west < -180:
        yield Area(south, west + 360, north, 180)
    if east > 180:
        yield Area(south, -180, north, east - 360)


def _database() -> sqlite3.Connection:
    """One connection per thread: SQLite's own rule, and cheap for a file that never changes."""
    if not hasattr(_open, "database"):
        _open.database = sqlite3.connect(f"{FILE.as_uri()}?mode=ro&immutable=1", uri=True)
    database: sqlite3.Connection = _open.database
    return database
