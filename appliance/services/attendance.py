"""Who of the staff is at work: here (their desk is open somewhere), away by their own word, or not here at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, case, select, update

from appliance import db, feed
from appliance.models import Agent, SignIn, now
from appliance.values import Actor

HERE, AWAY, GONE = "here", "away", "gone"
# An open desk tells of itself every minute.
RECENT = timedelta(minutes=5)
TOUCH = timedelta(minutes=1)


@dataclass(frozen=True)
class Colleague:
    """attendance here|away|gone."""

    id: int
    name: str
    attendance: str


def is_here() -> ColumnElement[bool]:
    """A condition over Agent: at work, and ready for more of it."""
    return and_(_is_signed_in(), Agent.away.is_(False))


def colleagues() -> list[Colleague]:
    """Whom a ticket can be given to: who is here first, then by name."""
    state = case((is_here(), HERE), (_is_signed_in(), AWAY), else_=GONE).label("state")
    order = case((is_here(), 0), (_is_signed_in(), 1), else_=2)
    query = select(Agent.id, Agent.name, state).where(Agent.active).order_by(order, Agent.name, Agent.id)
    with db.session() as session:
        return [Colleague(row.id, row.name, row.state) for row in session.execute(query)]


def is_away(by: Actor) -> bool:
    with db.session() as session:
        return bool(session.scalar(select(Agent.away).where(Agent.id == by.id)))


def switch(by: Actor, *, away: bool) -> None:
    """Say of oneself: away, or here again. Nobody can say it of somebody else."""
    with db.write() as session:
        agent = session.get(Agent, by.id or 0)
        if agent is None or by.kind != "agent" or agent.away == away:
            return
        agent.away = away
        if not away:
            agent.seen_at = now()
        feed.append(session, "agent_changed", by=by, before={"away": not away}, after={"agent": agent.id, "away": away})


def touch(agent_id: int) -> None:
    """Their desk is open: at most one commit a minute."""
    moment = now()
    stale = Agent.seen_at.is_(None) | (Agent.seen_at < moment - TOUCH)
    with db.session() as session:
        if session.scalar(select(Agent.id).where(Agent.id == agent_id, stale)) is None:
            return
    with db.write() as session:
        session.execute(update(Agent).where(Agent.id == agent_id).values(seen_at=moment))


def _is_signed_in() -> ColumnElement[bool]:
    moment = now()
    signed_in = select(SignIn.id).where(SignIn.agent_id == Agent.id, SignIn.expires_at > moment).exists()
    return and_(Agent.active, Agent.seen_at > moment - RECENT, signed_in)
