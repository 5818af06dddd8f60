"""Staff at a messenger: whose address is whose, as a one-time code has proved it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Address, AgentAddress, Contact, StartCode
from appliance.values import Actor


@dataclass(frozen=True)
class Link:
    """An agent's own address; `name` is what the messenger calls them."""

    connection_id: int
    address_id: int
    name: str
    username: str
    linked_at: datetime


def address_of(agent_id: int, connection_id: int) -> int | None:
    """Where the agent is reached through this connection; None when they are not linked."""
    query = select(AgentAddress.address_id).where(
        AgentAddress.agent_id == agent_id, AgentAddress.connection_id == connection_id
    )
    with db.session() as session:
        return session.scalar(query)


def links(agent_id: int) -> list[Link]:
    query = (
        select(AgentAddress, Contact.name, Contact.username)
        .join(Address, Address.id == AgentAddress.address_id)
        .join(Contact, Contact.id == Address.contact_id)
        .where(AgentAddress.agent_id == agent_id)
        .order_by(AgentAddress.connection_id)
    )
    with db.session() as session:
        return [
            Link(row.AgentAddress.connection_id, row.AgentAddress.address_id, row.name, row.username, row[0].linked_at)
            for row in session.execute(query)
        ]


def link(session: Session, agent_id: int, address: Address) -> None:
    """The address is this agent's from now on: in place of their earlier one, and no longer anybody else's."""
    here = (AgentAddress.agent_id == agent_id) & (AgentAddress.connection_id == address.connection_id)
    session.execute(delete(AgentAddress).where(or_(here, AgentAddress.address_id == address.id)))
    session.add(AgentAddress(agent_id=agent_id, connection_id=address.connection_id, address_id=address.id))
    _tell(session, agent_id, {"linked": address.connection_id})


def unlink(agent_id: int, connection_id: int) -> None:
    """The agent's own wish."""
    statement = delete(AgentAddress).where(
        AgentAddress.agent_id == agent_id, AgentAddress.connection_id == connection_id
    )
    with db.write() as session:
        session.execute(statement)
        _tell(session, agent_id, {"unlinked": connection_id})


def end_all(session: Session, agent_id: int) -> None:
    """Somebody who left is no longer reached, and what they had asked for opens nothing."""
    session.execute(delete(AgentAddress).where(AgentAddress.agent_id == agent_id))
    session.execute(delete(StartCode).where(StartCode.agent_id == agent_id))


def _tell(session: Session, agent_id: int, what: dict[str, int]) -> None:
    feed.append(session, "agent_changed", by=Actor("agent", agent_id), after={"agent": agent_id, **what})
