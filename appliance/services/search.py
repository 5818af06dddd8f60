"""The search: one box over numbers, names, phones, words of messages and notes, file names and fields.

Newest first, each kind by itself, unlimited in time. FTS5 hands ids over from the newest on and is left when there
are enough of them: nothing is counted to its end, and a frequent word costs what a rare one does. What an actor may
not see is left out before anything of it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select, text
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Contact, Message, Part, Ticket, search_id, search_ids
from appliance.services import search_hits
from appliance.services.contact_sight import seen_by
from appliance.services.search_hits import Hit
from appliance.services.search_query import Query, parse
from appliance.services.visibility import visible_to
from appliance.values import Actor

# As the page shows them.
KINDS = ("ticket", "contact", "message", "note", "file")
FEW, PAGE = 5, 30
COUNTED = 100
# Looked through for whoever may see little, then the page ends and offers to go on.
SCANNED = 5_000
_PORTION = 250
_FOUND = text(
    "SELECT rowid FROM search_text WHERE search_text MATCH :words AND rowid >= :low AND rowid < :high"
    " ORDER BY rowid DESC"
)
Conditions = Sequence[ColumnElement[bool]]


@dataclass(frozen=True)
class Group:
    """Of one kind. `count` is at most COUNTED, then `many` says that there are more. `more`: where to go on from."""

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
        groups = [_group(session, by, query, kind, where, few) for kind in _ordered(kinds, query)]
        ticket = search_hits.ticket(session, by, query.number) if query.number and not where else None
    return Answer(query, tuple(group for group in groups if group.hits), ticket)


def find_more(by: Actor, typed: str, kind: str, below: int = 0, where: Conditions = ()) -> Group:
    """A page of one kind; `below` is the `more` of the page before."""
    query = parse(typed)
    if not query:
        return Group(kind, (), 0, False)
    with db.session() as session:
        ids, scanned = _ids(session, by, query, kind, where, PAGE + 1, below)
        shown = ids[:PAGE]
        hits = search_hits.load(session, kind, shown, query)
    more = shown[-1] if len(ids) > PAGE else scanned
    return Group(kind, tuple(hits), len(shown), len(ids) > PAGE, more)


def recall(by: Actor, numbers: Sequence[int]) -> Answer:
    """The tickets of these numbers that are there and may be seen, in this order."""
    query = parse("")
    with db.session() as session:
        seen = set(session.scalars(_visible_tickets(by, (), numbers)))
        hits = search_hits.load(session, "ticket", [number for number in numbers if number in seen], query)
    return Answer(query, (Group("ticket", tuple(hits), len(hits), False),) if hits else ())


def _ordered(kinds: Sequence[str], query: Query) -> Sequence[str]:
    """Who types @ is looking for somebody."""
    return sorted(kinds, key=lambda kind: kind != "contact") if query.is_person else kinds


def _group(session: Session, by: Actor, query: Query, kind: str, where: Conditions, few: int) -> Group:
    ids, scanned = _ids(session, by, query, kind, where, COUNTED + 1, 0)
    hits = search_hits.load(session, kind, ids[:few], query)
    count = min(len(ids), COUNTED)
    return Group(
        kind, tuple(hits), count, len(ids) > COUNTED or bool(scanned), ids[few - 1] if len(ids) > few else scanned
    )


def _ids(
    session: Session, by: Actor, query: Query, kind: str, where: Conditions, limit: int, below: int
) -> tuple[list[int], int]:
    """What this actor may see, newest first; and where the look ended if it ended early, else 0."""
    found: list[int] = []
    scanned = 0
    last = 0
    for portion in _portions(session, query, kind, below):
        seen = set(session.scalars(_VISIBLE[kind](by, where, portion)))
        for number in portion:
            if number in seen:
                found.append(number)
                if len(found) == limit:
                    return found, 0
        scanned += len(portion)
        last = portion[-1]
        if scanned >= SCANNED:
            return found, last
    return found, 0


def _portions(session: Session, query: Query, kind: str, below: int) -> Iterator[list[int]]:
    """Numbers of things that match, from the newest on, as many at a time as are looked at together."""
    low, high = search_ids(kind)
    bounds = {"words": query.expression, "low": low, "high": search_id(kind, below) if below else high}
    result = session.execute(_FOUND, bounds)
    while rows := result.fetchmany(_PORTION):
        yield [row.rowid - low for row in rows]


def _visible_messages(by: Actor, where: Conditions, ids: Collection[int]) -> Select[int]:
    tickets = select(Message.id).join(Ticket, Ticket.id == Message.ticket_id)
    return tickets.where(Message.id.in_(ids), visible_to(by), *where)


def _visible_tickets(by: Actor, where: Conditions, ids: Collection[int]) -> Select[int]:
    return select(Ticket.id).where(Ticket.id.in_(ids), visible_to(by), *where)


def _visible_files(by: Actor, where: Conditions, ids: Collection[int]) -> Select[int]:
    messages = select(Part.id).join(Message, Message.id == Part.message_id)
    tickets = messages.join(Ticket, Ticket.id == Message.ticket_id)
    return tickets.where(Part.id.in_(ids), visible_to(by), *where)


def _visible_contacts(by: Actor, where: Conditions, ids: Collection[int]) -> Select[int]:
    query = select(Contact.id).where(Contact.id.in_(ids), Contact.merged_into_id.is_(None), seen_by(by))
    if not where:
        return query
    return query.where(exists().where(Ticket.contact_id == Contact.id, visible_to(by), *where).correlate(Contact))


_VISIBLE: Mapping[str, Callable[[Actor, Conditions, Collection[int]], Select[Any]]] = {
    "message": _visible_messages,
    "note": _visible_messages,
    "ticket": _visible_tickets,
    "contact": _visible_contacts,
    "file": _visible_files,
}
