"""One-time codes for a start link: whoever opens the conversation with one proves to be the agent, or the customer, it
was made for.

A code is the whole payload, `<purpose>-<letters>`: what `Channel.invite` is given and what the start brings back.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, cast

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Address, Agent, AgentAddress, StartCode, now
from appliance.services import codes

Purpose = Literal["link", "doctor", "join"]
LIFETIME = timedelta(minutes=15)
# A customer gets theirs by letter or on paper, and has other things to do.
JOIN_LIFETIME = timedelta(days=14)
KEPT = timedelta(days=1)
LENGTH = 12
_CODE = re.compile(rf"(?:link|doctor|join)-[{codes.LETTERS}]{{{LENGTH}}}")


@dataclass(frozen=True)
class Spent:
    """A code that was good: it is used up now. `agent_id` None: for nobody in particular. `join`: whom the address
    belongs to from now on, and the ticket that goes on there."""

    purpose: Purpose
    agent_id: int | None
    contact_id: int | None = None
    ticket_id: int | None = None


def issue(purpose: Purpose, connection_id: int, agent_id: int | None) -> str:
    """A new code, good once and for 15 minutes, at this connection only. Earlier ones of the same purpose end."""
    code = f"{purpose}-{codes.invent(LENGTH)}"
    with db.write() as session:
        session.execute(delete(StartCode).where(StartCode.expires_at < now() - KEPT))
        mine = delete(StartCode).where(StartCode.purpose == purpose, StartCode.agent_id == agent_id)
        session.execute(mine.where(StartCode.connection_id == connection_id, StartCode.used_at.is_(None)))
        session.add(
            StartCode(
                code_hash=_hashed(code),
                purpose=purpose,
                agent_id=agent_id,
                connection_id=connection_id,
                expires_at=now() + LIFETIME,
            )
        )
    return code


def issue_join(connection_id: int, contact_id: int, ticket_id: int | None) -> str:
    """A code that joins whoever opens the conversation with it to a customer: good once and for 14 days, at this
    connection only. Earlier ones for the same customer end."""
    code = f"join-{codes.invent(LENGTH)}"
    with db.write() as session:
        session.execute(delete(StartCode).where(StartCode.expires_at < now() - KEPT))
        theirs = delete(StartCode).where(StartCode.purpose == "join", StartCode.contact_id == contact_id)
        session.execute(theirs.where(StartCode.connection_id == connection_id, StartCode.used_at.is_(None)))
        session.add(
            StartCode(
                code_hash=_hashed(code),
                purpose="join",
                connection_id=connection_id,
                contact_id=contact_id,
                ticket_id=ticket_id,
                expires_at=now() + JOIN_LIFETIME,
            )
        )
    return code


def is_code(payload: str) -> bool:
    """Whether a start's payload has the shape of a code; everybody else's payloads are no business of ours."""
    return _CODE.fullmatch(payload) is not None


def spend(session: Session, payload: str, address: Address) -> Spent | None:
    """Use a code up for this address; None when it is wrong, used, expired, or not for here. A group proves
    nobody."""
    row = session.get(StartCode, _hashed(payload))
    if row is None or row.used_at is not None or row.expires_at < now():
        return None
    if row.connection_id != address.connection_id or address.kind != "private":
        return None
    if row.purpose == "join" and _is_of_staff(session, address):
        # Somebody at the desk tries out what they are about to give to a customer.
        return None
    agent = session.get(Agent, row.agent_id) if row.agent_id is not None else None
    if row.agent_id is not None and (agent is None or not agent.active):
        return None
    row.used_at, row.address_id = now(), address.id
    return Spent(cast(Purpose, row.purpose), row.agent_id, row.contact_id, row.ticket_id)


def _is_of_staff(session: Session, address: Address) -> bool:
    return session.scalar(select(AgentAddress.id).where(AgentAddress.address_id == address.id)) is not None


def spent_by(code: str) -> int | None:
    """The address that has opened the conversation with this code, once somebody has."""
    with db.session() as session:
        return session.scalar(select(StartCode.address_id).where(StartCode.code_hash == _hashed(code)))


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()
