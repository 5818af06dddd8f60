"""In which order a list stands, and how its pages follow each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, or_
from sqlalchemy.orm import InstrumentedAttribute

from appliance.models import Ticket
from appliance.models.base import EPOCH, table_of
from appliance.services import preferences
from appliance.services.preferences import Preferences
from appliance.values import Actor

# A row without the value stands behind all that have it.
LAST = 9_000_000_000_000_000
_NONE = "none"
# Views come and go; what was chosen for those that are gone need not be kept for ever.
_MOST_KEPT = 60


@dataclass(frozen=True)
class Order:
    """What a list is sorted by. Ties go by number, `rising` or falling. Tickets without the value stand at the end."""

    column: InstrumentedAttribute[Any]
    descending: bool = True
    rising: bool = False

    @property
    def has_gaps(self) -> bool:
        """Whether there are tickets without the value."""
        return bool(table_of(Ticket).c[self.column.key].nullable)


ORDERS: Mapping[str, Order] = {
    "waiting": Order(Ticket.waiting_since, descending=False, rising=True),
    "newest": Order(Ticket.last_message_at),
    "oldest": Order(Ticket.last_message_at, descending=False, rising=True),
    "created": Order(Ticket.created_at),
    "due": Order(Ticket.due_at, descending=False, rising=True),
    "priority": Order(Ticket.priority, rising=True),
    "snoozed": Order(Ticket.snoozed_until, descending=False, rising=True),
    "done": Order(Ticket.done_at),
}
_COMMON = ("waiting", "newest", "oldest", "created", "due", "priority")
_DEFAULTS = {"waiting": "waiting", "new": "waiting", "snoozed": "snoozed", "done": "done", "overdue": "due"}


def choices(tab: str) -> tuple[str, ...]:
    """What a tab can be sorted by, its own order first."""
    own = default(tab)
    common = [name for name in _COMMON if not (tab in ("done", "snoozed") and name == "waiting")]
    return (own, *(name for name in common if name != own))


def default(tab: str) -> str:
    """The longest waiting first where somebody waits; the latest word first elsewhere."""
    return _DEFAULTS.get(tab, "newest")


def choose(by: Actor, place: str, sort: str) -> None:
    """Remember it for this agent; `place` is a tab, or `view-7`."""
    kept = {known: value for known, value in preferences.of(by).sorts.items() if known != place}
    newest = dict(list(kept.items())[1 - _MOST_KEPT :])
    preferences.choose(by, sorts={**newest, place: sort})


def chosen(own: Preferences, place: str, tab: str, otherwise: str = "") -> str:
    """What the agent chose there; else `otherwise` (a view's own); else the tab's."""
    possible = choices(tab)
    return next((name for name in (own.sorts.get(place), otherwise) if name in possible), default(tab))


def arrange(query: Select[Any], order: Order, *, valued: bool) -> Select[Any]:
    """In order; `valued`: the tickets that have the value, else those behind them."""
    by_number = Ticket.id.asc() if order.rising else Ticket.id.desc()
    if not valued:
        return query.where(order.column.is_(None)).order_by(by_number)
    by_value = order.column.desc() if order.descending else order.column.asc()
    if order.has_gaps:
        query = query.where(order.column.is_not(None))
    return query.order_by(by_value, by_number)


def beyond(order: Order, place: Any, number: int) -> list[ColumnElement[bool]]:
    """What follows a row. `place` None: it is one of those without a value."""
    follows = Ticket.id > number if order.rising else Ticket.id < number
    if place is None:
        return [follows]
    # Said twice, so that an index can begin at the place and need not be walked up to it.
    here = order.column <= place if order.descending else order.column >= place
    return [here, or_(order.column != place, follows)]


def mark(place: Any, number: int) -> str:
    """Where a page ended, for the address of the next one."""
    return f"{_NONE if place is None else _plain(place)}_{number}"


def read_mark(order: Order, written: str) -> tuple[Any, int] | None:
    """A mark comes back from a browser: anything odd means the beginning."""
    place, _, number = written.partition("_")
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        return None
    if place == _NONE:
        return None, int(number)
    digits = place.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 15):
        return None
    value = int(place)
    return (value if order.column is Ticket.priority else _moment(value)), int(number)


def place_of(row: object, order: Order) -> int:
    """Where a row stands: smaller is higher. For the page, which puts new rows in their place."""
    value = getattr(row, order.column.key)
    if value is None:
        return LAST
    return -_plain(value) if order.descending else _plain(value)


def _plain(value: datetime | int) -> int:
    return value if isinstance(value, int) else round((value - EPOCH).total_seconds() * 1000)


def _moment(milliseconds: int) -> datetime:
    return EPOCH + timedelta(milliseconds=milliseconds)
