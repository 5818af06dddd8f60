"""The search: one box over numbers, names, phones, words of messages and notes, file names and fields.

Newest first, each kind by itself, unlimited in time. What an actor may not see is left out before anything of it is
read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from appliance import db
from appliance.services import search_hits
from appliance.services.search_hits import Hit
from appliance.services.search_query import Query, parse
from appliance.services.search_scan import Conditions, Found, Scan, visible_tickets
from appliance.values import Actor

# As the page shows them.
KINDS = ("ticket", "contact", "message", "note", "file")
FEW, PAGE = 5, 30
COUNTED = 100


@dataclass(frozen=True)
class Group:
    """Of one kind. `count` is at most COUNTED; `many` says that there are, or may be, more. `more`: the id to go on
    from, 0 at the end."""

    kind: str
    hits: tuple[Hit, ...]
    count: int
    many: bool
    more: int = 0


@dataclass(frozen=True)
class Answer:
    """`ticket`: the one whose number was typed, when it is there and may be seen."""

    query: Query
    groups: tuple[Group, ...] = ()
    ticket: Hit | None = None

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)

    @property
    def many(self) -> bool:
        return any(group.many for group in self.groups)


def find(by: Actor, typed: str, where: Conditions = (), few: int = FEW, kinds: Sequence[str] = KINDS) -> Answer:
    """The first of every kind. `where`: conditions over Ticket, of the page's filters."""
    query = parse(typed)
    if not query:
        return Answer(query)
    with db.session() as session:
        looked = Scan(session, by, query, where, COUNTED + 1).look(kinds)
        hits = {kind: search_hits.load(session, kind, found.ids[:few], query) for kind, found in looked.items()}
        ticket = search_hits.ticket(session, by, query.number) if query.number and not where else None
    groups = [_group(kind, looked[kind], hits[kind], few) for kind in _ordered(kinds, query)]
    return Answer(query, tuple(group for group in groups if group.hits or group.more), ticket)


def find_more(by: Actor, typed: str, kind: str, below: int = 0, where: Conditions = ()) -> Group:
    """A page of one kind; `below` is the `more` of the page before."""
    query = parse(typed)
    if not query:
        return Group(kind, (), 0, False)
    with db.session() as session:
        found = Scan(session, by, query, where, COUNTED + 1).go_on(kind, below, PAGE + 1)
        hits = search_hits.load(session, kind, found.ids[:PAGE], query)
    return _group(kind, found, hits, PAGE)


def recall(by: Actor, numbers: Sequence[int]) -> Answer:
    """The tickets of these numbers that are there and may be seen, in this order."""
    query = parse("")
    with db.session() as session:
        seen = set(session.scalars(visible_tickets(by, (), numbers)))
        hits = search_hits.load(session, "ticket", [number for number in numbers if number in seen], query)
    return Answer(query, (Group("ticket", tuple(hits), len(hits), False),) if hits else ())


def _ordered(kinds: Sequence[str], query: Query) -> Sequence[str]:
    """Who types @ is looking for somebody."""
    return sorted(kinds, key=lambda kind: kind != "contact") if query.is_person else kinds


def _group(kind: str, found: Found, hits: Sequence[Hit], shown: int) -> Group:
    more = found.ids[shown - 1] if len(found.ids) > shown else found.last
    many = len(found.ids) > COUNTED or bool(found.last)
    return Group(kind, tuple(hits), min(len(found.ids), COUNTED), many, more)
