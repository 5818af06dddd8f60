"""Which tickets are one chat: all that were opened at the same address, and which of them a reader may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from appliance.models import Ticket
from appliance.services.survivors import survivor_of
from appliance.services.visibility import visible_to
from appliance.values import Actor


@dataclass(frozen=True)
class Chat:
    """A chat as one ticket of it is open. `visible` and `hidden`: whose messages may and may not be shown; `own`: those
    that stand under the open ticket, itself and what was merged into it. `survivors`: merged ticket → where its
    messages stand. `parent_id`: this is a subtask, which the customer never sees: a chat of its own."""

    ticket_id: int
    visible: tuple[int, ...]
    hidden: tuple[int, ...]
    survivors: Mapping[int, int]
    parent_id: int | None = None

    @property
    def own(self) -> tuple[int, ...]:
        here = self.shown(self.ticket_id)
        return tuple(number for number in self.visible if self.shown(number) == here)

    def shown(self, ticket_id: int) -> int:
        """The ticket that a message of this one stands under."""
        return self.survivors.get(ticket_id, ticket_id)


def find(session: Session, ticket_id: int, by: Actor) -> Chat | None:
    """None when there is no such ticket, or not for this actor."""
    ticket = session.scalar(select(Ticket).where(Ticket.id == ticket_id, visible_to(by)))
    if ticket is None:
        return None
    members = {ticket_id: ticket.merged_into_id}
    if ticket.parent_id is None:
        members |= _rows(session, Ticket.parent_id.is_(None), *_same_place(ticket))
    members |= _rows(session, Ticket.merged_into_id.in_(list(members)))
    survivors = {number: survivor_of(session, number) for number, into in members.items() if into is not None}
    seen = _visible(session, {survivors.get(number, number) for number in members}, by)
    by_rights = {number: survivors.get(number, number) in seen for number in sorted(members)}
    return Chat(
        ticket_id,
        tuple(number for number, allowed in by_rights.items() if allowed),
        tuple(number for number, allowed in by_rights.items() if not allowed),
        survivors,
        ticket.parent_id,
    )


def _same_place(ticket: Ticket) -> tuple[ColumnElement[bool], ...]:
    """Somebody who only called or came by has no address: there the person is the chat."""
    if ticket.address_id is not None:
        return (Ticket.address_id == ticket.address_id,)
    return (
        Ticket.contact_id == ticket.contact_id,
        Ticket.connection_id.is_not_distinct_from(ticket.connection_id),
        Ticket.address_id.is_(None),
    )


def _rows(session: Session, *conditions: ColumnElement[bool]) -> dict[int, int | None]:
    query = select(Ticket.id, Ticket.merged_into_id).where(*conditions)
    return {row.id: row.merged_into_id for row in session.execute(query)}


def _visible(session: Session, ids: Collection[int], by: Actor) -> frozenset[int]:
    return frozenset(session.scalars(select(Ticket.id).where(Ticket.id.in_(ids), visible_to(by))))
