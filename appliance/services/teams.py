"""Teams: who belongs to them, whose tickets only they see, and how their new tickets are shared out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Agent, Team, TeamMember, Ticket
from appliance.services import agents
from appliance.values import Actor

SHARINGS = ("", "round_robin", "least_busy")


class TeamError(Exception):
    """Nothing was changed. code: not_found, not_allowed, name_empty, name_taken, sharing_unknown, no_agent."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class TeamView:
    """`closed`: only its members (and managers) see its tickets. `open_tickets` are not done yet."""

    id: int
    name: str
    closed: bool
    sharing: str
    members: tuple[int, ...]
    open_tickets: int


def everyone() -> list[TeamView]:
    """All teams by name."""
    held = select(Ticket.team_id, func.count()).where(Ticket.stage != "done", Ticket.shelf == "none")
    with db.session() as session:
        waiting = dict(session.execute(held.group_by(Ticket.team_id)).all())
        members: dict[int, list[int]] = {}
        for row in session.scalars(select(TeamMember).order_by(TeamMember.agent_id)):
            members.setdefault(row.team_id, []).append(row.agent_id)
        return [
            TeamView(
                team.id, team.name, team.closed, team.sharing, tuple(members.get(team.id, ())), waiting.get(team.id, 0)
            )
            for team in session.scalars(select(Team).order_by(Team.name))
        ]


def names() -> dict[int, str]:
    """Every team's name by id."""
    with db.session() as session:
        return dict(session.execute(select(Team.id, Team.name).order_by(Team.name)).all())


def add(name: str, by: Actor) -> int:
    """A new team's id; its tickets are its members' alone until that is changed."""
    with db.write() as session:
        _permit(session, by)
        team = Team(name=_clean(session, name))
        session.add(team)
        session.flush()
        feed.append(session, "team_changed", by=by, after={"team": team.id, "name": team.name})
        return team.id


def change(
    team_id: int, by: Actor, *, name: str | None = None, closed: bool | None = None, sharing: str | None = None
) -> None:
    """Change what is given."""
    if sharing is not None and sharing not in SHARINGS:
        raise TeamError("sharing_unknown")
    with db.write() as session:
        _permit(session, by)
        team = _find(session, team_id)
        wanted = {
            "name": None if name is None else _clean(session, name, team_id),
            "closed": closed,
            "sharing": sharing,
        }
        after = {key: value for key, value in wanted.items() if value is not None and value != getattr(team, key)}
        before = {key: getattr(team, key) for key in after}
        for key, value in after.items():
            setattr(team, key, value)
        if after:
            feed.append(session, "team_changed", by=by, before=before, after={"team": team_id, **after})


def set_members(team_id: int, agent_ids: Iterable[int], by: Actor) -> None:
    """Exactly these belong to it from now on."""
    wanted = set(agent_ids)
    with db.write() as session:
        _permit(session, by)
        _find(session, team_id)
        if len(list(session.scalars(select(Agent.id).where(Agent.id.in_(wanted))))) != len(wanted):
            raise TeamError("no_agent")
        known = set(session.scalars(select(TeamMember.agent_id).where(TeamMember.team_id == team_id)))
        gone = known - wanted
        session.execute(delete(TeamMember).where(TeamMember.team_id == team_id, TeamMember.agent_id.in_(gone)))
        session.add_all(TeamMember(team_id=team_id, agent_id=agent_id) for agent_id in wanted - known)
        if known != wanted:
            after = {"team": team_id, "members": sorted(wanted)}
            feed.append(session, "team_changed", by=by, before={"members": sorted(known)}, after=after)


def join(session: Session, agent_id: int, team_ids: Iterable[int]) -> None:
    """Make a new agent a member, in the caller's transaction; teams that are gone meanwhile are passed over."""
    for team_id in session.scalars(select(Team.id).where(Team.id.in_(set(team_ids)))).all():
        session.add(TeamMember(team_id=team_id, agent_id=agent_id))


def remove(team_id: int, by: Actor) -> None:
    """Its tickets belong to no team any more: everybody sees them."""
    with db.write() as session:
        _permit(session, by)
        team = _find(session, team_id)
        feed.append(session, "team_changed", by=by, before={"name": team.name}, after={"team": team_id, "gone": True})
        session.delete(team)


def _permit(session: Session, by: Actor) -> None:
    if not agents.is_owner(session, by):
        raise TeamError("not_allowed")


def _find(session: Session, team_id: int) -> Team:
    team = session.get(Team, team_id)
    if team is None:
        raise TeamError("not_found")
    return team


def _clean(session: Session, name: str, team_id: int | None = None) -> str:
    name = " ".join(name.split())[:80]
    if not name or not name.isprintable():
        raise TeamError("name_empty")
    known = select(Team.id, Team.name).where(Team.id != (team_id or 0))
    if any(other.name.casefold() == name.casefold() for other in session.execute(known)):
        raise TeamError("name_taken")
    return name
