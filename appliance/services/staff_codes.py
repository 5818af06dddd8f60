"""One-time links for staff: an invitation makes a colleague's account, a reset lets somebody choose a new password.

The link holds 128 random bits and is shown once; we hold its SHA-256. It is good for a week, a reset for a day.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Agent, SignIn, StaffCode, now
from appliance.services import agents, teams
from appliance.services.agents import AgentError
from appliance.values import Actor

LIFETIMES = {"invite": timedelta(days=7), "reset": timedelta(days=1)}


class CodeError(Exception):
    """code: used_up: unknown, expired or used already; a person cannot tell these apart by trying."""

    def __init__(self, code: str = "used_up") -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Invitation:
    """One that waits to be used."""

    id: int
    name: str
    role: str
    teams: tuple[int, ...]
    expires_at: datetime


@dataclass(frozen=True)
class Offer:
    """What the link of a good code opens: for `reset` the login it is for."""

    purpose: str
    name: str
    login: str = ""


def invite(name: str, role: str, team_ids: Sequence[int], by: Actor) -> str:
    """The code of a new invitation. Raises AgentError."""
    name = agents.clean_name(name)
    agents.check_role(role)
    with db.write() as session:
        agents.permit(session, by)
        return _issue(session, by, purpose="invite", name=name, role=role, teams=list(team_ids))


def reset(agent_id: int, by: Actor) -> str:
    """A code with which this agent chooses a new password; earlier ones end. Raises AgentError."""
    with db.write() as session:
        agents.permit(session, by)
        agent = session.get(Agent, agent_id)
        if agent is None or not agent.active:
            raise AgentError("not_found")
        session.execute(delete(StaffCode).where(StaffCode.agent_id == agent_id, StaffCode.used_at.is_(None)))
        feed.append(session, "agent_changed", by=by, after={"agent": agent_id, "reset": True})
        return _issue(session, by, purpose="reset", agent_id=agent_id, name=agent.name)


def waiting() -> list[Invitation]:
    """Invitations nobody has used yet, newest first."""
    query = select(StaffCode).where(
        StaffCode.purpose == "invite", StaffCode.used_at.is_(None), StaffCode.expires_at > now()
    )
    with db.session() as session:
        return [
            Invitation(row.id, row.name, row.role, tuple(row.teams), row.expires_at)
            for row in session.scalars(query.order_by(StaffCode.id.desc()))
        ]


def withdraw(code_id: int, by: Actor) -> None:
    """The link of an invitation opens nothing any more."""
    with db.write() as session:
        agents.permit(session, by)
        session.execute(delete(StaffCode).where(StaffCode.id == code_id, StaffCode.used_at.is_(None)))


def look(code: str) -> Offer:
    """What a code is good for. Raises CodeError."""
    with db.session() as session:
        row = _find(session, code)
        agent = session.get(Agent, row.agent_id) if row.agent_id else None
        return Offer(row.purpose, row.name, agent.login if agent else "")


def join(code: str, login: str, name: str, password: str, language: str = "") -> int:
    """Use an invitation: the new agent's id. Raises CodeError; AgentError leaves the code good."""
    made = agents.draft(login, name, password)
    with db.write() as session:
        row = _find(session, code, "invite")
        agent_id = agents.insert(session, made, row.role, Actor("agent", row.created_by), language)
        teams.join(session, agent_id, row.teams)
        row.used_at, row.agent_id = now(), agent_id
    return agent_id


def choose_password(code: str, password: str) -> int:
    """Use a reset: the agent's id; they are signed out everywhere. Raises CodeError; AgentError leaves it good."""
    hashed = agents.hashed(password, look(code).login)
    with db.write() as session:
        row = _find(session, code, "reset")
        agent = session.get(Agent, row.agent_id or 0)
        if agent is None or not agent.active:
            raise CodeError
        agent.password, row.used_at = hashed, now()
        session.execute(delete(SignIn).where(SignIn.agent_id == agent.id))
        actor = Actor("agent", agent.id)
        feed.append(session, "agent_changed", by=actor, after={"agent": agent.id, "password": True})
        return agent.id


def _issue(session: Session, by: Actor, *, purpose: str, **fields: object) -> str:
    code = secrets.token_urlsafe(16)
    session.execute(delete(StaffCode).where(StaffCode.expires_at < now(), StaffCode.used_at.is_(None)))
    expires = now() + LIFETIMES[purpose]
    session.add(StaffCode(code_hash=_hash(code), purpose=purpose, created_by=by.id, expires_at=expires, **fields))
    return code


def _find(session: Session, code: str, purpose: str | None = None) -> StaffCode:
    row = session.scalar(select(StaffCode).where(StaffCode.code_hash == _hash(code)))
    if row is None or row.used_at is not None or row.expires_at <= now() or purpose not in (None, row.purpose):
        raise CodeError
    return row


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()
