"""Which news an actor hears. Of tickets that are not for them: only what may have hidden them, so that lists let go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select

from appliance import db
from appliance.models import Event, Ticket
from appliance.services.visibility import visible_to
from appliance.values import Actor

# What decides who sees a ticket.
_DECIDING = frozenset({"team_id", "assignee_id"})


def heard_by(by: Actor, events: Sequence[Event]) -> list[Event]:
    hidden = hidden_from(by, {event.ticket_id for event in events if event.ticket_id is not None})
    return [event for event in events if event.ticket_id not in hidden or _DECIDING & event.after.keys()]


def present_for(by: Actor, pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of (ticket, agent): who is where in tickets that this actor may see."""
    known = list(pairs)
    hidden = hidden_from(by, {ticket_id for ticket_id, _agent in known})
    return [pair for pair in known if pair[0] not in hidden]


def hidden_from(by: Actor, ticket_ids: Collection[int]) -> frozenset[int]:
    """Those of these that there are, and not for this actor. Of what was deleted for good everybody hears."""
    if not ticket_ids or by.role in ("owner", "manager"):
        return frozenset()
    with db.session() as session:
        asked = select(Ticket.id).where(Ticket.id.in_(ticket_ids))
        # Not by NOT: of a ticket that nobody has, the condition is neither true nor false.
        return frozenset(session.scalars(asked)) - frozenset(session.scalars(asked.where(visible_to(by))))
