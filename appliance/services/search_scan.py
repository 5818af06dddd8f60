"""Goes through what matches, from the newest on, until there is enough that an actor may see.

FTS5 hands ids over one by one and is left early: nothing is counted to its end, and a frequent word costs what a rare
one does. Only beginnings of long words are gathered first, however few of them are wanted; so they are asked for once,
and only for kinds of which the whole word and its other forms did not bring enough.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select, text
from sqlalchemy.orm import Session

from appliance.models import Contact, Message, Part, Ticket, search_id, search_ids
from appliance.services.contact_sight import seen_by
from appliance.services.search_query import Query
from appliance.services.visibility import visible_to
from appliance.values import Actor

# Looked through for whoever may see little; then the page ends and offers to go on.
SCANNED = 5_000
_PORTION = 250
_FOUND = text(
    "SELECT rowid FROM search_text WHERE search_text MATCH :words AND rowid >= :low AND rowid < :high"
    " ORDER BY rowid DESC"
)
Conditions = Sequence[ColumnElement[bool]]


@dataclass
class Found:
    """`ids` of one kind, newest first, and how many were looked through for them. `last`: the id it ended at, 0 when
    everything was seen."""

    ids: list[int] = field(default_factory=list)
    scanned: int = 0
    last: int = 0


@dataclass(frozen=True)
class Scan:
    """Whose look, at what. `limit`: how many of a kind are enough."""

    session: Session
    by: Actor
    query: Query
    where: Conditions
    limit: int

    def look(self, kinds: Sequence[str]) -> dict[str, Found]:
        """Of every kind, from the newest on."""
        found = {kind: self._one(kind, self.query.expression(begun=False)) for kind in kinds}
        scant = [kind for kind in kinds if self._is_scant(found[kind])]
        if scant and self.query.expression() != self.query.expression(begun=False):
            found |= self._together(scant)
        return found

    def go_on(self, kind: str, below: int, enough: int) -> Found:
        """Further down in one kind. It is decided as on the first look whether beginnings count: pages must fit."""
        whole = self.query.expression(begun=False)
        begun = self._is_scant(self._one(kind, whole))
        return Scan(self.session, self.by, self.query, self.where, enough)._one(
            kind, self.query.expression() if begun else whole, below
        )

    def _is_scant(self, found: Found) -> bool:
        return len(found.ids) < self.limit and not found.last

    def _one(self, kind: str, expression: str, below: int = 0) -> Found:
        low, high = search_ids(kind)
        found = Found()
        for portion in self._portions(expression, low, search_id(kind, below) if below else high):
            if self._take(kind, found, [number - low for number in portion]):
                break
        return found

    def _together(self, kinds: Sequence[str]) -> dict[str, Found]:
        """Several kinds from one answer; they lie one after the other in it."""
        bounds = {kind: search_ids(kind) for kind in kinds}
        found = {kind: Found() for kind in kinds}
        low, high = min(low for low, _ in bounds.values()), max(high for _, high in bounds.values())
        full: set[str] = set()
        for portion in self._portions(self.query.expression(), low, high):
            for kind, (first, end) in bounds.items():
                numbers = [number - first for number in portion if first <= number < end]
                if numbers and kind not in full and self._take(kind, found[kind], numbers):
                    full.add(kind)
            if len(full) == len(kinds):
                break
        return found

    def _portions(self, expression: str, low: int, high: int) -> Iterator[list[int]]:
        """Ids of entries that match, as many at a time as are looked at together."""
        result = self.session.execute(_FOUND, {"words": expression, "low": low, "high": high})
        while rows := result.fetchmany(_PORTION):
            yield [row.rowid for row in rows]

    def _take(self, kind: str, found: Found, numbers: list[int]) -> bool:
        """Those of them that the actor may see; whether that is enough."""
        seen = set(self.session.scalars(_VISIBLE[kind](self.by, self.where, numbers)))
        found.ids += [number for number in numbers if number in seen][: self.limit - len(found.ids)]
        found.scanned += len(numbers)
        if len(found.ids) >= self.limit:
            return True
        found.last = numbers[-1] if found.scanned >= SCANNED else 0
        return bool(found.last)


def visible_tickets(by: Actor, where: Conditions, ids: Collection[int]) -> Select[int]:
    """Those of these tickets that the actor may see."""
    return select(Ticket.id).where(Ticket.id.in_(ids), visible_to(by), *where)


def _visible_messages(by: Actor, where: Conditions, ids: Collection[int]) -> Select[int]:
    tickets = select(Message.id).join(Ticket, Ticket.id == Message.ticket_id)
    return tickets.where(Message.id.in_(ids), visible_to(by), *where)


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
    "ticket": visible_tickets,
    "contact": _visible_contacts,
    "file": _visible_files,
}
