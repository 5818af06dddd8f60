"""Claiming the box: a one-time code, printed where only its owner can read it, makes the first owner account."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from appliance import db
from appliance.db import upsert
from appliance.models import Setting, now
from appliance.services import agents, throttle
from appliance.values import SYSTEM

LASTS = timedelta(hours=24)
# Crockford's letters: none is mistaken for another. Twelve of them are 60 bits.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE, _UNTIL, _STEP = "setup.code", "setup.until", "setup.step"
STEPS = ("company", "owner", "bot", "hello")


class SetupError(Exception):
    """code: claimed (there is an owner), no_code (none was made, or it is older than a day), wrong_code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def new_code() -> str:
    """A fresh code, 'ABCD-EFGH-JKMN'; the one before is worth nothing any more. SetupError('claimed')."""
    if agents.owner_exists():
        raise SetupError("claimed")
    code = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    with db.write() as session:
        _store(session, _CODE, _hash(code))
        _store(session, _UNTIL, (now() + LASTS).isoformat())
    return "-".join(code[start : start + 4] for start in (0, 4, 8))


def claim(code: str, address: str) -> str:
    """Exchange the code for a proof the browser keeps. Raises SetupError, throttle.Throttled."""
    if agents.owner_exists():
        raise SetupError("claimed")
    throttle.attempt(f"setup:{address}")
    if _current() is None:
        raise SetupError("no_code")
    proof = _hash(_tidy(code))
    if not holds(proof):
        raise SetupError("wrong_code")
    throttle.succeeded(f"setup:{address}")
    return proof


def holds(proof: str) -> bool:
    """Whether a browser's proof still counts: the code lives, and nobody has made a newer one."""
    stored = _current()
    return stored is not None and hmac.compare_digest(stored, proof) and not agents.owner_exists()


def make_owner(proof: str, login: str, name: str, password: str) -> int:
    """The first owner's id; the code is destroyed. Raises SetupError, agents.AgentError."""
    if not holds(proof):
        raise SetupError("claimed" if agents.owner_exists() else "no_code")
    agent_id = agents.add(login, name, "owner", password, SYSTEM)
    with db.write() as session:
        session.execute(delete(Setting).where(Setting.name.in_((_CODE, _UNTIL))))
    return agent_id


def step() -> str:
    """Where the wizard was left: one of STEPS, or '' when it is finished or was never begun."""
    return _read(_STEP)


def go_to(wanted: str) -> None:
    """Remember a step; '' finishes the wizard."""
    with db.write() as session:
        _store(session, _STEP, wanted)


def _current() -> str | None:
    """The stored hash, unless it is too old."""
    until = _read(_UNTIL)
    if not until or datetime.fromisoformat(until) <= now():
        return None
    return _read(_CODE) or None


def _read(name: str) -> str:
    with db.session() as session:
        row = session.get(Setting, name)
        return row.value if row else ""


def _store(session: Session, name: str, value: str) -> None:
    statement = upsert(Setting).values(name=name, value=value, changed_at=now())
    session.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def _tidy(code: str) -> str:
    """As people type it: small letters, spaces, O for 0, I or L for 1."""
    return "".join(code.upper().split()).replace("-", "").replace("O", "0").replace("I", "1").replace("L", "1")


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
