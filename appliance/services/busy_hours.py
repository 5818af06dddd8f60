"""When customers write: tickets they opened in the last four weeks, by weekday and hour of the company's clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, ColumnElement, and_, type_coerce

from appliance.models import Ticket, now
from appliance.models.base import EPOCH
from appliance.services import settings

WEEKS = 4
_HOUR = 3_600_000

Table = tuple[tuple[int, ...], ...]


def table(counts: Iterable[tuple[int, int]]) -> Table:
    """`table[weekday][hour]`, from (number of the hour, how many)."""
    made, zone = [[0] * 24 for _ in range(7)], _zone()
    for number, count in counts:
        local = _moment(number, zone)
        made[local.weekday()][local.hour] += count
    return tuple(tuple(row) for row in made)


def spell(weekday: int, hour: int) -> str:
    """As the filter `opened` of an address carries it; Monday is 0."""
    return f"{weekday}-{hour}"


def read(value: str) -> tuple[int, int]:
    """(weekday, hour) of what `spell` made."""
    weekday, _, hour = value.partition("-")
    return int(weekday), int(hour)


def condition(value: str) -> ColumnElement[bool]:
    """Exactly the tickets that the table counts in this hour."""
    zone, wanted = _zone(), read(value)
    hours = range(_number_of(since()), _number_of(now()) + 1)
    meant = [each for each in hours if (_moment(each, zone).weekday(), _moment(each, zone).hour) == wanted]
    return and_(number().in_(meant), is_counted())


def is_counted() -> ColumnElement[bool]:
    return and_(Ticket.created_at >= since(), Ticket.started_by == "contact")


def number() -> ColumnElement[int]:
    """A ticket's hour: counted in UTC there are at most 672 of them to put into the company's."""
    return type_coerce(Ticket.created_at, BigInteger) // _HOUR


def since() -> datetime:
    return now() - timedelta(weeks=WEEKS)


def _number_of(moment: datetime) -> int:
    return int((moment - EPOCH).total_seconds() // 3600)


def _moment(number: int, zone: ZoneInfo) -> datetime:
    return (EPOCH + timedelta(hours=int(number))).astimezone(zone)


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.get("time_zone"))
