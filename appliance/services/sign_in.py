"""Sessions of staff: the browser holds a 256-bit token, the database its SHA-256, so they can be listed and ended."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from appliance import db
from appliance.models import Agent, SignIn, now
from appliance.services import agents, passwords, throttle
from appliance.services.agents import AgentView

IDLE = timedelta(days=14)
ABSOLUTE = timedelta(days=90)
# Seen is written this often: not every page needs a commit. Who is at work is judged by it, see services.attendance.
TOUCH = timedelta(minutes=1)
# Behind one address there may be a whole shop.
FREE_PER_ADDRESS = 20


class WrongPassword(Exception):
    """Login or password; which of them is not told."""


@dataclass(frozen=True)
class Known:
    """Who a token belongs to."""

    sign_in_id: int
    agent: AgentView


@dataclass(frozen=True)
class SignInView:
    id: int
    created_at: datetime
    seen_at: datetime
    address: str
    browser: str


def sign_in(login: str, password: str, address: str, browser: str) -> str:
    """A new session's token. Raises WrongPassword, or throttle.Throttled after too many of those."""
    login = login.strip().lower()[:64]
    # The address first: while it has to wait, it cannot make a colleague's login wait as well.
    throttle.attempt(f"address:{address}", free=FREE_PER_ADDRESS)
    throttle.attempt(f"login:{login}")
    with db.session() as session:
        agent = session.scalar(select(Agent).where(Agent.login == login, Agent.active))
    if not passwords.fits(agent.password if agent else None, password) or agent is None:
        raise WrongPassword
    throttle.succeeded(f"login:{login}", f"address:{address}")
    return begin(agent.id, address, browser)


def begin(agent_id: int, address: str, browser: str) -> str:
    """A session for an agent who has proved who they are; answers the token."""
    token = secrets.token_urlsafe(32)
    with db.write() as session:
        session.execute(delete(SignIn).where(SignIn.expires_at < now()))
        session.add(
            SignIn(
                token_hash=_hash(token),
                agent_id=agent_id,
                expires_at=now() + IDLE,
                address=address[:64],
                browser=browser[:255],
            )
        )
        session.execute(update(Agent).where(Agent.id == agent_id).values(seen_at=now()))
    return token


def recognise(token: str) -> Known | None:
    """The agent of a valid token; None when it is unknown, expired or the agent has left."""
    query = select(SignIn, Agent).join(Agent, Agent.id == SignIn.agent_id).where(SignIn.token_hash == _hash(token))
    with db.session() as session:
        row = session.execute(query).first()
    if row is None or row.SignIn.expires_at <= now() or not row.Agent.active:
        return None
    if now() - row.SignIn.seen_at > TOUCH:
        _touch(row.SignIn)
    return Known(row.SignIn.id, agents.view(row.Agent))


def end(sign_in_id: int) -> None:
    with db.write() as session:
        session.execute(delete(SignIn).where(SignIn.id == sign_in_id))


def revoke(agent_id: int, sign_in_id: int) -> None:
    """End one of an agent's own sessions; somebody else's id does nothing."""
    with db.write() as session:
        session.execute(delete(SignIn).where(SignIn.id == sign_in_id, SignIn.agent_id == agent_id))


def revoke_others(agent_id: int, kept: int) -> None:
    with db.write() as session:
        session.execute(delete(SignIn).where(SignIn.agent_id == agent_id, SignIn.id != kept))


def sessions_of(agent_id: int) -> list[SignInView]:
    query = select(SignIn).where(SignIn.agent_id == agent_id, SignIn.expires_at > now())
    with db.session() as session:
        rows = session.scalars(query.order_by(SignIn.seen_at.desc()))
        return [SignInView(row.id, row.created_at, row.seen_at, row.address, row.browser) for row in rows]


def _touch(known: SignIn) -> None:
    moment = now()
    until = min(moment + IDLE, known.created_at + ABSOLUTE)
    with db.write() as session:
        session.execute(update(SignIn).where(SignIn.id == known.id).values(seen_at=moment, expires_at=until))
        session.execute(update(Agent).where(Agent.id == known.agent_id).values(seen_at=moment))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
