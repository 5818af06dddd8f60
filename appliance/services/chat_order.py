"""The messages of several tickets in the one order they came in, by their numbers.

A chat may hold a hundred thousand messages in hundreds of tickets. Sorting them is out of the question: each ticket's
messages stand in order in an index, and of the tickets only those are opened whose first number is near enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from appliance.models import Message, Ticket

# Above every message's number.
END = 1 << 62


def before(session: Session, tickets: Sequence[int], number: int, most: int) -> list[int]:
    """The newest messages below a number, oldest first."""
    newest = func.max(Message.id)
    edge = select(newest).where(Message.ticket_id == Ticket.id, Message.id < number).correlate(Ticket).scalar_subquery()
    found: list[int] = []
    for nearest, ticket in sorted(_edges(session, tickets, edge), reverse=True):
        if len(found) == most and nearest < found[-1]:
            break
        query = select(Message.id).where(Message.ticket_id == ticket, Message.id < number)
        more = session.scalars(query.order_by(Message.id.desc()).limit(most))
        found = sorted({*found, *more}, reverse=True)[:most]
    return found[::-1]


def after(session: Session, tickets: Sequence[int], number: int, most: int) -> list[int]:
    """The oldest messages above a number, oldest first."""
    oldest = func.min(Message.id)
    edge = select(oldest).where(Message.ticket_id == Ticket.id, Message.id > number).correlate(Ticket).scalar_subquery()
    found: list[int] = []
    for nearest, ticket in sorted(_edges(session, tickets, edge)):
        if len(found) == most and nearest > found[-1]:
            break
        query = select(Message.id).where(Message.ticket_id == ticket, Message.id > number)
        more = session.scalars(query.order_by(Message.id).limit(most))
        found = sorted({*found, *more})[:most]
    return found


def newest(session: Session, tickets: Sequence[int]) -> int | None:
    found = before(session, tickets, END, 1)
    return found[0] if found else None


def first_since(session: Session, tickets: Sequence[int], moment: datetime, most: int) -> int | None:
    """The first message written at a moment or later; the newest one when all are older. What an outage held back
    stands late among what came meanwhile, so that the first `most` stored since then are looked at."""
    found = after(session, tickets, _stored_before(session, moment), most)
    if not found:
        return newest(session, tickets)
    query = select(Message.id).where(Message.id.in_(found), Message.at >= moment).order_by(Message.id).limit(1)
    return session.scalar(query) or found[0]


def _edges(session: Session, tickets: Sequence[int], edge: object) -> list[tuple[int, int]]:
    """Of each ticket that has any: its message nearest to where the search begins, and the ticket."""
    query = select(edge, Ticket.id).where(Ticket.id.in_(tickets))  # type: ignore[call-overload]
    return [(nearest, ticket) for nearest, ticket in session.execute(query) if nearest is not None]


def _stored_before(session: Session, moment: datetime) -> int:
    """The last number given out before a moment. Numbers and times of storing rise together, so that halving finds it
    in a few steps; no index over times is needed. (Where the clock was set back it finds something near.)"""
    low, high = 0, session.scalar(select(func.max(Message.id))) or 0
    while low < high:
        middle = (low + high + 1) // 2
        query = select(Message.id, Message.stored_at).where(Message.id <= middle).order_by(Message.id.desc()).limit(1)
        row = session.execute(query).first()
        if row is None or row.stored_at < moment:
            low = middle
        else:
            high = row.id - 1
    return low
