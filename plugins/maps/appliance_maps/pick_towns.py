"""Finding a town by how its name begins, in the box's own list."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from functools import lru_cache
from itertools import islice

from babel import Locale

from appliance_maps.towns import FILE

MOST = 6
SHORTEST = 2
# The large ones are meant, mostly: then the search ends after a few rows.
_BY_SIZE = """
SELECT town.name, town.russian, town.country, spot.south, spot.west
FROM town JOIN spot ON spot.id = town.id ORDER BY town.people DESC
"""


@lru_cache(maxsize=256)
def find_by_name(words: str, language: str) -> list[tuple[str, float, float]]:
    """(name and country in that language, latitude, longitude), the largest first."""
    wanted = fold(words)
    return list(islice(_matches(wanted, language), MOST)) if len(wanted) >= SHORTEST else []


def fold(name: str) -> str:
    """Without capitals and accents, as people type."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter) and letter not in "’‘ʻ'`")


def _matches(wanted: str, language: str) -> Iterator[tuple[str, float, float]]:
    countries = Locale.parse(language).territories
    with closing(sqlite3.connect(f"{FILE.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        for name, russian, country, latitude, longitude in database.execute(_BY_SIZE):
            if fold(name).startswith(wanted) or (russian and fold(russian).startswith(wanted)):
                shown = (russian if language == "ru" else None) or name
                yield f"{shown}, {countries.get(country) or country}", latitude, longitude
