"""Somebody stops working here: every way in ends at once, and their tickets go on without them."""

from __future__ import annotations

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import SignIn, StaffCode, TeamMember, Ticket
from appliance.services import staff_addresses
from appliance.values import Actor


def let_go(session: Session, agent_id: int, heir: int | None, by: Actor) -> None:
    """In the caller's transaction: signed out everywhere, not reached by messenger, in no team; `heir` gets the open
    tickets, with None they are anyone's."""
    session.execute(delete(SignIn).where(SignIn.agent_id == agent_id))
    session.execute(delete(StaffCode).where(StaffCode.agent_id == agent_id, StaffCode.used_at.is_(None)))
    session.execute(delete(TeamMember).where(TeamMember.agent_id == agent_id))
    staff_addresses.end_all(session, agent_id)
    held = select(Ticket.id).where(Ticket.assignee_id == agent_id, Ticket.stage != "done")
    for ticket_id in session.scalars(held).all():
        session.execute(update(Ticket).where(Ticket.id == ticket_id).values(assignee_id=heir))
        before, after = {"assignee_id": agent_id}, {"assignee_id": heir}
        feed.append(session, "ticket_changed", by=by, ticket=ticket_id, before=before, after=after)


def count_open(agent_id: int) -> int:
    """How many tickets would have to go on without them."""
    held = select(func.count()).where(Ticket.assignee_id == agent_id, Ticket.stage != "done")
    with db.session() as session:
        return session.scalar(held) or 0
