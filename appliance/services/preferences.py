"""What each agent chose for themselves: sending, what comes after it, lists, sounds, quiet hours.

Kept as JSON beside the agent, so that a later release may add choices; what it does not know any more, or what is no
choice, counts as never chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Agent
from appliance.values import Actor

SEND_KEYS = ("", "enter", "ctrl_enter")
AFTER_SENDING = ("stay", "next", "list")
DENSITIES = ("roomy", "dense")
NOTICE_KINDS = ("new", "assigned", "offered", "customer", "mention", "subtask", "overdue", "undelivered")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "send_key": SEND_KEYS,
    "after_sending": AFTER_SENDING,
    "density": DENSITIES,
}


@dataclass(frozen=True)
class Preferences:
    """`send_key` '': not asked yet. `arrow_edits`: ↑ in an empty field mends what was sent last. `sorts`: tab or view →
    sort, as services.sorts knows them. `silent`: kinds of notices that make no sound and no message of the operating
    system. `volume` 0–100. `quiet_from`, `quiet_to`: minutes of the company's day, None = no quiet hours."""

    send_key: str = ""
    after_sending: str = "stay"
    arrow_edits: bool = False
    density: str = "roomy"
    shortcuts: bool = True
    sorts: Mapping[str, str] = field(default_factory=dict)
    sound: bool = True
    volume: int = 70
    system_notices: bool = False
    silent: tuple[str, ...] = ()
    quiet_from: int | None = None
    quiet_to: int | None = None


class PreferenceError(Exception):
    """code: unknown. Nothing was changed."""

    def __init__(self, code: str = "unknown") -> None:
        super().__init__(code)
        self.code = code


def of(by: Actor) -> Preferences:
    """The built-in ones for whoever is no agent."""
    with db.session() as session:
        return read(session, by)


def read(session: Session, by: Actor) -> Preferences:
    """The same in the caller's session."""
    stored = session.scalar(select(Agent.preferences).where(Agent.id == by.id)) if by.kind == "agent" else None
    known = {name: value for name, value in (stored or {}).items() if _is_good(name, value)}
    if "silent" in known:
        known["silent"] = tuple(known["silent"])
    return replace(Preferences(), **known)


def choose(by: Actor, **chosen: Any) -> Preferences:
    """Change what is given. Raises PreferenceError for what is no choice."""
    if by.kind != "agent" or not all(_is_good(name, value) for name, value in chosen.items()):
        raise PreferenceError
    with db.write() as session:
        made = replace(read(session, by), **chosen)
        agent = session.get_one(Agent, by.id)
        agent.preferences = {**asdict(made), "silent": list(made.silent)}
    return made


def _is_good(name: str, value: object) -> bool:
    """Whether a value may stand under this name: it comes from a form, or from another release."""
    if name in _CHOICES:
        return value in _CHOICES[name]
    if name in ("quiet_from", "quiet_to"):
        return value is None or (_is_number(value) and 0 <= value < 24 * 60)  # type: ignore[operator]
    if name == "volume":
        return _is_number(value) and 0 <= value <= 100  # type: ignore[operator]
    if name == "sorts":
        return isinstance(value, Mapping) and all(isinstance(part, str) for pair in value.items() for part in pair)
    if name == "silent":
        return isinstance(value, (list, tuple)) and set(value) <= set(NOTICE_KINDS)
    return name in {each.name for each in fields(Preferences)} and isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
