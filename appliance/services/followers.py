"""Who follows a ticket: its news reach them, whoever takes care of it."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from appliance import feed
from appliance.models import Agent, Follower
from appliance.values import Actor


def of(session: Session, ticket_id: int) -> list[tuple[int, str]]:
    """(id, name) of those who still work here."""
    query = select(Agent.id, Agent.name).join(Follower, Follower.agent_id == Agent.id)
    found = session.execute(query.where(Follower.ticket_id == ticket_id, Agent.active).order_by(Agent.name, Agent.id))
    return [(row.id, row.name) for row in found]


def add(session: Session, ticket_id: int, agent_id: int, by: Actor) -> int:
    """From now on this agent follows; the event's id, 0 when they did before. For whoever is mentioned or hands over,
    too."""
    if _follows(session, ticket_id, agent_id):
        return 0
    session.add(Follower(ticket_id=ticket_id, agent_id=agent_id))
    return _tell(session, ticket_id, agent_id, by, True)


def remove(session: Session, ticket_id: int, agent_id: int, by: Actor) -> int:
    """The event's id, 0 when they did not follow."""
    if not _follows(session, ticket_id, agent_id):
        return 0
    session.execute(delete(Follower).where(Follower.ticket_id == ticket_id, Follower.agent_id == agent_id))
    return _tell(session, ticket_id, agent_id, by, False)


def _follows(session: Session, ticket_id: int, agent_id: int) -> bool:
    return session.get(Follower, (ticket_id, agent_id)) is not None


def _tell(session: Session, ticket_id: int, agent_id: int, by: Actor, follows: bool) -> int:
    before, after = {"follows": not follows}, {"follower": agent_id, "follows": follows}
    return feed.append(session, "ticket_changed", by=by, ticket=ticket_id, before=before, after=after)
