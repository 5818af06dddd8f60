"""Staff: who they are and what they may do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import get_args

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.language import LANGUAGES
from appliance.models import Agent, SignIn, Ticket
from appliance.services import passwords, staff_addresses
from appliance.values import Actor, Role

ROLES: tuple[Role, ...] = get_args(Role)
THEMES = ("auto", "light", "dark")
_LOGIN = re.compile(r"[^\W_][\w.@+-]{1,63}")


class AgentError(Exception):
    """code: login_malformed, login_taken, name_empty, role_unknown, password_short, password_long, password_known,
    language_unknown, theme_unknown, undo_unknown, last_owner, not_found, not_allowed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class AgentView:
    id: int
    login: str
    name: str
    role: Role
    language: str
    theme: str
    active: bool = True

    @property
    def actor(self) -> Actor:
        return Actor("agent", self.id, self.role, self.name)


def add(login: str, name: str, role: str, password: str, by: Actor, language: str = "") -> int:
    """A new agent's id. Logins are compared without regard to case."""
    login = _clean_login(login)
    name = _clean_name(name)
    _check_role(role)
    _check_password(password, login)
    hashed = passwords.hash_password(password)
    with db.write() as session:
        _permit(session, by)
        if session.scalar(select(Agent.id).where(Agent.login == login)) is not None:
            raise AgentError("login_taken")
        agent = Agent(login=login, name=name, role=role, password=hashed, language=language)
        session.add(agent)
        session.flush()
        feed.append(session, "agent_changed", by=by, after={"agent": agent.id, "login": login, "role": role})
        return agent.id


def change(
    agent_id: int,
    by: Actor,
    *,
    name: str | None = None,
    role: str | None = None,
    active: bool | None = None,
    language: str | None = None,
    theme: str | None = None,
) -> None:
    """Change what is given. Everybody may change their own name, language and theme, owners everything."""
    if role is not None:
        _check_role(role)
    wanted = {
        "name": None if name is None else _clean_name(name),
        "role": role,
        "active": active,
        "language": _one_of(language, ("", *LANGUAGES), "language_unknown"),
        "theme": _one_of(theme, THEMES, "theme_unknown"),
    }
    with db.write() as session:
        agent = _find(session, agent_id)
        if by.id != agent_id or role is not None or active is not None:
            _permit(session, by)
        before = {field: getattr(agent, field) for field, value in wanted.items() if value is not None}
        after = {field: value for field, value in wanted.items() if value is not None and value != before[field]}
        if after.get("role", "owner") != "owner" or after.get("active") is False:
            _keep_an_owner(session, agent)
        for field, value in after.items():
            setattr(agent, field, value)
        if after.get("active") is False:
            _let_go(session, agent_id)
        if after:
            kept = {field: before[field] for field in after}
            feed.append(session, "agent_changed", by=by, before=kept, after={"agent": agent_id, **after})


def set_password(agent_id: int, password: str, by: Actor, keep_sign_in: int | None = None) -> None:
    """Change a password; every session of the agent ends, but for `keep_sign_in`."""
    with db.session() as session:
        login = _find(session, agent_id).login
    _check_password(password, login)
    hashed = passwords.hash_password(password)
    with db.write() as session:
        agent = _find(session, agent_id)
        if by.id != agent_id:
            _permit(session, by)
        agent.password = hashed
        session.execute(delete(SignIn).where(SignIn.agent_id == agent_id, SignIn.id != (keep_sign_in or 0)))
        feed.append(session, "agent_changed", by=by, after={"agent": agent_id, "password": True})


def password_fits(agent_id: int, password: str) -> bool:
    with db.session() as session:
        stored = session.scalar(select(Agent.password).where(Agent.id == agent_id))
    return passwords.fits(stored, password)


def everyone() -> list[AgentView]:
    """All agents, those who left last."""
    with db.session() as session:
        return [view(agent) for agent in session.scalars(select(Agent).order_by(Agent.active.desc(), Agent.name))]


def find(login: str) -> AgentView | None:
    with db.session() as session:
        agent = session.scalar(select(Agent).where(Agent.login == login.strip().lower()))
        return None if agent is None else view(agent)


def owner_exists() -> bool:
    """Whether the box has been claimed."""
    with db.session() as session:
        return session.scalar(select(Agent.id).where(Agent.role == "owner", Agent.active).limit(1)) is not None


def first_owner() -> Actor | None:
    """The oldest owner, who speaks for the box."""
    query = select(Agent).where(Agent.role == "owner", Agent.active).order_by(Agent.id).limit(1)
    with db.session() as session:
        agent = session.scalar(query)
    return None if agent is None else Actor("agent", agent.id, "owner", agent.name)


def view(agent: Agent) -> AgentView:
    role: Role = next((known for known in ROLES if known == agent.role), "agent")
    return AgentView(agent.id, agent.login, agent.name, role, agent.language, agent.theme, agent.active)


def _find(session: Session, agent_id: int) -> Agent:
    agent = session.get(Agent, agent_id)
    if agent is None:
        raise AgentError("not_found")
    return agent


def _permit(session: Session, by: Actor) -> None:
    """Staff are the owner's business, or the command line's; the role is read anew, not taken from the page."""
    if by.kind == "system":
        return
    agent = session.get(Agent, by.id or 0)
    if by.kind != "agent" or agent is None or not agent.active or agent.role != "owner":
        raise AgentError("not_allowed")


def _keep_an_owner(session: Session, agent: Agent) -> None:
    others = select(func.count()).where(Agent.role == "owner", Agent.active, Agent.id != agent.id)
    if agent.role == "owner" and agent.active and not session.scalar(others):
        raise AgentError("last_owner")


def _let_go(session: Session, agent_id: int) -> None:
    """Somebody who left is signed out and no longer reached by messenger, and their open tickets are anyone's again."""
    session.execute(delete(SignIn).where(SignIn.agent_id == agent_id))
    staff_addresses.end_all(session, agent_id)
    held = select(Ticket.id).where(Ticket.assignee_id == agent_id, Ticket.stage != "done")
    for ticket_id in session.scalars(held).all():
        session.execute(update(Ticket).where(Ticket.id == ticket_id).values(assignee_id=None))
        feed.append(session, "ticket_changed", ticket=ticket_id, after={"assignee_id": None})


def _clean_login(login: str) -> str:
    login = login.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise AgentError("login_malformed")
    return login


def _clean_name(name: str) -> str:
    name = " ".join(name.split())[:120]
    if not name or not name.isprintable():
        raise AgentError("name_empty")
    return name


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise AgentError("role_unknown")


def _check_password(password: str, login: str) -> None:
    """Length is all that helps; no rules about signs, but not the login itself."""
    if len(password) < passwords.SHORTEST:
        raise AgentError("password_short")
    if len(password) > passwords.LONGEST:
        raise AgentError("password_long")
    if password.lower() in (login, login * 2) or len(set(password)) < 3:
        raise AgentError("password_known")


def _one_of(value: str | None, known: tuple[str, ...], code: str) -> str | None:
    if value is not None and value not in known:
        raise AgentError(code)
    return value
