"""Tickets that nobody has are shared out among those who are at work: in turn, or to whoever has the fewest open ones.

Follows the feed with a stored cursor, after the commit that made a ticket; giving is one conditional change, so a kill
between the two, or a person who is faster, does no harm. What found nobody at work waits for the sweep.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.db import upsert
from appliance.models import Agent, Event, Setting, Team, TeamMember, Ticket, now
from appliance.services import attendance, settings, spans
from appliance.values import SYSTEM

CONSUMER = "sharing"
# The company's own, for tickets of no team; a team has its own in Team.sharing.
SETTING = "sharing"
# Who had the last one of no team: no choice of anybody's, so it is no field of the settings page.
_LAST = "sharing_last"
ROUND_ROBIN, LEAST_BUSY = "round_robin", "least_busy"
KINDS = ("ticket_created", "ticket_changed")
BATCH = 200
SWEEP = 20


def manner(session: Session, team_id: int | None) -> str:
    """How tickets of this team (None: of no team) are shared out; '' when whoever wants takes them."""
    if team_id is None:
        return settings.get(SETTING)
    return session.scalar(select(Team.sharing).where(Team.id == team_id)) or ""


def follow() -> int:
    """Share out what is news; answers how many events were dealt with."""
    with db.session() as session:
        if not _scopes(session):
            return 0
        query = select(Event.id, Event.ticket_id).where(Event.id > feed.position(CONSUMER), Event.kind.in_(KINDS))
        news = session.execute(query.order_by(Event.id).limit(BATCH)).all()
        causes = {ticket_id: event_id for event_id, ticket_id in news if ticket_id is not None}
        wanted = _free().where(Ticket.id.in_(causes)).order_by(Ticket.id)
        free = list(session.scalars(wanted))
    for ticket_id in free:
        give(ticket_id, causes[ticket_id])
    if news:
        with db.write() as session:
            feed.advance(session, CONSUMER, news[-1][0])
    return len(news)


def sweep() -> int:
    """Some of what nobody was there for, who waits longest first; answers how many found somebody."""
    with db.session() as session:
        served = [team_id for team_id in _scopes(session) if _at_work(session, team_id)]
        if not served:
            return 0
        query = _free().where(or_(*(_of_team(team_id) for team_id in served)))
        waiting = list(session.scalars(query.order_by(Ticket.waiting_since, Ticket.id).limit(SWEEP)))
    return sum(1 for ticket_id in waiting if give(ticket_id))


def give(ticket_id: int, cause: int | None = None) -> int:
    """Give one ticket to whose turn it is; the event's id, 0 when there is nobody or nothing to give."""
    with db.write() as session:
        ticket = session.get(Ticket, session.scalar(_free().where(Ticket.id == ticket_id)) or 0)
        how = manner(session, ticket.team_id) if ticket else ""
        here = _at_work(session, ticket.team_id) if ticket and how else []
        if ticket is None or not here:
            return 0
        chosen = _choose(session, how, here, _last(session, ticket.team_id))
        event = spans.claim(session, ticket, chosen, SYSTEM, cause)
        if event:
            _remember(session, ticket.team_id, chosen)
        return event


def _free() -> Select[int]:
    """Tickets that could be given: open, on the desk, nobody's, not offered by anybody. Subtasks are given by hand."""
    return select(Ticket.id).where(
        and_(Ticket.shelf == "none", Ticket.stage == "open", Ticket.assignee_id.is_(None)),
        and_(Ticket.offered_at.is_(None), Ticket.parent_id.is_(None), Ticket.merged_into_id.is_(None)),
    )


def _scopes(session: Session) -> list[int | None]:
    """Teams that share out; None stands for the tickets of no team."""
    teams: list[int | None] = list(session.scalars(select(Team.id).where(Team.sharing != "").order_by(Team.id)))
    return [*teams, None] if settings.get(SETTING) else teams


def _of_team(team_id: int | None) -> ColumnElement[bool]:
    return Ticket.team_id.is_(None) if team_id is None else Ticket.team_id == team_id


def _at_work(session: Session, team_id: int | None) -> list[int]:
    query = select(Agent.id).where(attendance.is_here()).order_by(Agent.id)
    if team_id is not None:
        query = query.join(TeamMember, TeamMember.agent_id == Agent.id).where(TeamMember.team_id == team_id)
    return list(session.scalars(query))


def _choose(session: Session, how: str, here: Sequence[int], last: int) -> int:
    """Who comes after the last one comes first; of equally busy ones, too."""
    turn = sorted(here, key=lambda agent_id: (agent_id <= last, agent_id))
    held = _held(session, here) if how == LEAST_BUSY else {}
    return min(turn, key=lambda agent_id: held.get(agent_id, 0))


def _held(session: Session, agents: Sequence[int]) -> Mapping[int, int]:
    query = select(Ticket.assignee_id, func.count()).where(Ticket.assignee_id.in_(agents), Ticket.shelf == "none")
    counted = session.execute(query.where(Ticket.stage == "open").group_by(Ticket.assignee_id))
    return {agent_id: number for agent_id, number in counted if agent_id is not None}


def _last(session: Session, team_id: int | None) -> int:
    if team_id is not None:
        return session.scalar(select(Team.last_agent_id).where(Team.id == team_id)) or 0
    return int(session.scalar(select(Setting.value).where(Setting.name == _LAST)) or 0)


def _remember(session: Session, team_id: int | None, agent_id: int) -> None:
    if team_id is not None:
        session.get_one(Team, team_id).last_agent_id = agent_id
        return
    kept = {"value": str(agent_id), "changed_at": now()}
    statement = upsert(Setting).values(name=_LAST, **kept)
    session.execute(statement.on_conflict_do_update(index_elements=["name"], set_=kept))
