"""A point on the earth as a message named it, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any

# Beyond this a fix says nothing; Telegram itself sends at most 1500 m.
WIDEST_ACCURACY = 100_000


@dataclass(frozen=True)
class Place:
    """WGS 84 degrees; accuracy in metres; heading in degrees clockwise from north; `live` while it still moves,
    `moved_at` when it last did (aware)."""

    latitude: float
    longitude: float
    accuracy: float | None = None
    heading: float | None = None
    live: bool = False
    moved_at: datetime | None = None
    title: str = ""
    address: str = ""

    @property
    def coordinates(self) -> str:
        """'55.75580, 37.61730': five decimals are about a metre; the form every map's search box takes."""
        return f"{_rounded(self.latitude, 5):.5f}, {_rounded(self.longitude, 5):.5f}"

    def degrees(self) -> tuple[str, str]:
        """Latitude and longitude for an address line, without needless zeros."""
        return _shortest(self.latitude), _shortest(self.longitude)


def read_place(data: Mapping[str, Any]) -> Place | None:
    """The place in a location's or venue's data; None when it names no point on the earth."""
    latitude = _number(data.get("latitude"), -90, 90)
    longitude = _number(data.get("longitude"), -180, 180)
    if latitude is None or longitude is None:
        return None
    return Place(
        latitude=latitude,
        longitude=longitude,
        accuracy=_number(data.get("accuracy"), 0, WIDEST_ACCURACY),
        heading=_number(data.get("heading"), 0, 360),
        live=bool(data.get("live")),
        moved_at=_moment(data.get("moved_at")),
        title=_text(data.get("title")),
        address=_text(data.get("address")),
    )


def _number(value: object, lowest: float, highest: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return float(value) if lowest <= value <= highest else None


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(_text(value))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _rounded(value: float, digits: int) -> float:
    # Adding zero turns the -0.0 that rounding may leave into 0.0.
    return round(value, digits) + 0.0


def _shortest(value: float) -> str:
    return f"{_rounded(value, 6):.6f}".rstrip("0").rstrip(".")
