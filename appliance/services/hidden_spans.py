"""How many messages of tickets that a reader may not see stand between those that are shown. Never more than that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from sqlalchemy import Integer, column, exists, func, select, values
from sqlalchemy.orm import Session

from appliance.models import Message, Ticket


def count(session: Session, hidden: Sequence[int], numbers: Sequence[int]) -> Mapping[int, int]:
    """By the number before the gap; gaps without any are left out. `numbers` rise; each two neighbours are a gap."""
    if not hidden or len(numbers) < 2:
        return {}
    touching = _touching(session, hidden, numbers[0], numbers[-1])
    if not touching:
        return {}
    gap = values(column("low", Integer), column("high", Integer), name="gap").data(list(pairwise(numbers))).cte("gap")
    within = (
        select(func.count())
        .select_from(Message)
        .where(Message.ticket_id.in_(touching), Message.id > gap.c.low, Message.id < gap.c.high)
        .correlate(gap)
        .scalar_subquery()
    )
    return {low: number for low, number in session.execute(select(gap.c.low, within)) if number}


def _touching(session: Session, hidden: Sequence[int], low: int, high: int) -> list[int]:
    inside = exists().where(Message.ticket_id == Ticket.id, Message.id > low, Message.id < high)
    return list(session.scalars(select(Ticket.id).where(Ticket.id.in_(hidden), inside)))
