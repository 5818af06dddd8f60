"""Which towns a map names: the large ones first, and none upon another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import asinh, pi, radians, tan

from appliance_maps.towns import Area, Town, find_towns

MOST_LABELS = 150
MOST_ZOOM = 19
# From this zoom on every town may be named.
ALL_FROM_ZOOM = 8
# How many people a town needs at each zoom below.
FEWEST_PEOPLE = (5_000_000, 5_000_000, 3_000_000, 1_000_000, 300_000, 100_000, 50_000, 20_000)
LARGE, MIDDLING = 1_000_000, 100_000
# A name's room in pixels, at 12 px; it stands beside its dot. The cells are as wide as a short name.
LETTER, LINE, DOT = 7, 18, 10
CELL = 64


@dataclass(frozen=True)
class Label:
    """A name and where it stands; size 1 for the largest towns, 3 for the small."""

    name: str
    latitude: float
    longitude: float
    size: int


@lru_cache(maxsize=256)
def choose_labels(area: Area, zoom: int, language: str) -> tuple[Label, ...]:
    """The largest towns there that have room for their names at that zoom."""
    people = FEWEST_PEOPLE[zoom] if zoom < ALL_FROM_ZOOM else 0
    taken: set[tuple[int, int]] = set()
    labels: list[Label] = []
    for town in sorted(find_towns(area, people), key=lambda town: (-town.people, town.name)):
        label = Label(town.called(language), round(town.latitude, 4), round(town.longitude, 4), _size(town))
        cells = set(_cells_of(label, zoom))
        if not taken & cells:
            taken |= cells
            labels.append(label)
        if len(labels) == MOST_LABELS:
            break
    return tuple(labels)


def _cells_of(label: Label, zoom: int) -> product[tuple[int, int]]:
    """The cells of a grid of lines and letters that the name covers."""
    x, y = to_pixels(label.latitude, label.longitude, zoom)
    width = DOT + LETTER * len(label.name)
    columns = range(int((x - DOT) // CELL), int((x + width) // CELL) + 1)
    rows = range(int((y - LINE / 2) // LINE), int((y + LINE / 2) // LINE) + 1)
    return product(columns, rows)


def to_pixels(latitude: float, longitude: float, zoom: int) -> tuple[float, float]:
    """Where Web Mercator puts a point, on a world of 256 pixels at zoom 0."""
    world = 256 * 2**zoom
    clipped = min(max(latitude, -85.05), 85.05)
    return (longitude + 180) / 360 * world, (1 - asinh(tan(radians(clipped))) / pi) / 2 * world


def _size(town: Town) -> int:
    return 1 if town.people >= LARGE else 2 if town.people >= MIDDLING else 3
