"""Staff: who they are and what they may do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import get_args

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.language import LANGUAGES
from appliance.models import Agent, SignIn
from appliance.services import leaving, passwords
from appliance.values import Actor, Role

ROLES: tuple[Role, ...] = get_args(Role)
THEMES = ("auto", "light", "dark")
_LOGIN = re.compile(r"[^\W_][\w.@+-]{1,63}")


class AgentError(Exception):
    """code: login_malformed, login_taken, name_empty, role_unknown, password_short, password_long, password_known,
    language_unknown, theme_unknown, undo_unknown, last_owner, no_heir, not_found, not_allowed."""

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


@dataclass(frozen=True)
class NewAgent:
    """Checked, with the password hashed: what may take long happens before the transaction."""

    login: str
    name: str
    password: str


def add(login: str, name: str, role: str, password: str, by: Actor, language: str = "") -> int:
    """A new agent's id. Logins are compared without regard to case."""
    check_role(role)
    made = draft(login, name, password)
    with db.write() as session:
        permit(session, by)
        return insert(session, made, role, by, language)


def draft(login: str, name: str, password: str) -> NewAgent:
    """Raises AgentError."""
    login = _clean_login(login)
    return NewAgent(login, clean_name(name), hashed(password, login))


def hashed(password: str, login: str) -> str:
    """A good password's hash. Raises AgentError."""
    _check_password(password, login)
    return passwords.hash_password(password)


def insert(session: Session, made: NewAgent, role: str, by: Actor, language: str = "") -> int:
    """In the caller's transaction; whether `by` may is the caller's question."""
    if session.scalar(select(Agent.id).where(Agent.login == made.login)) is not None:
        raise AgentError("login_taken")
    agent = Agent(login=made.login, name=made.name, role=role, password=made.password, language=language)
    session.add(agent)
    session.flush()
    feed.append(session, "agent_changed", by=by, after={"agent": agent.id, "login": made.login, "role": role})
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
    heir: int | None = None,
) -> None:
    """Change what is given. Everybody may change their own name, language and theme, owners everything. `heir` gets
    the open tickets of somebody who leaves; else they are anyone's."""
    if role is not None:
        check_role(role)
    wanted = {
        "name": None if name is None else clean_name(name),
        "role": role,
        "active": active,
        "language": _one_of(language, ("", *LANGUAGES), "language_unknown"),
        "theme": _one_of(theme, THEMES, "theme_unknown"),
    }
    with db.write() as session:
        agent = _find(session, agent_id)
        if by.id != agent_id or role is not None or active is not None:
            permit(session, by)
        before = {field: getattr(agent, field) for field, value in wanted.items() if value is not None}
        after = {field: value for field, value in wanted.items() if value is not None and value != before[field]}
        if after.get("role", "owner") != "owner" or after.get("active") is False:
            _keep_an_owner(session, agent)
        for field, value in after.items():
            setattr(agent, field, value)
        if after.get("active") is False:
            leaving.let_go(session, agent_id, _find_heir(session, heir, agent_id), by)
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
            permit(session, by)
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


def is_owner(session: Session, by: Actor) -> bool:
    """Staff are the owner's business, or the command line's; the role is read anew, not taken from the page."""
    if by.kind == "system":
        return True
    agent = session.get(Agent, by.id or 0) if by.kind == "agent" else None
    return agent is not None and agent.active and agent.role == "owner"


def permit(session: Session, by: Actor) -> None:
    """Raises AgentError for whoever is no owner."""
    if not is_owner(session, by):
        raise AgentError("not_allowed")


def _keep_an_owner(session: Session, agent: Agent) -> None:
    others = select(func.count()).where(Agent.role == "owner", Agent.active, Agent.id != agent.id)
    if agent.role == "owner" and agent.active and not session.scalar(others):
        raise AgentError("last_owner")


def _find_heir(session: Session, heir: int | None, agent_id: int) -> int | None:
    if heir is None:
        return None
    found = session.get(Agent, heir)
    if found is None or not found.active or heir == agent_id:
        raise AgentError("no_heir")
    return heir


def _clean_login(login: str) -> str:
    login = login.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise AgentError("login_malformed")
    return login


def clean_name(name: str) -> str:
    name = " ".join(name.split())[:120]
    if not name or not name.isprintable():
        raise AgentError("name_empty")
    return name


def check_role(role: str) -> None:
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
