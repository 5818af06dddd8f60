"""What an actor may see: the first condition of every list, page, file link and card."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select, true

from appliance import db
from appliance.models import Team, TeamMember, Ticket
from appliance.values import Actor


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """A condition over Ticket. Owners and managers see all; agents see tickets of no team, of their own teams and of
    those that are not closed, and what is assigned to them. Anyone else sees nothing."""
    if actor.kind in ("system", "rule", "plugin") or actor.role in ("owner", "manager"):
        return true()
    if actor.kind != "agent" or actor.id is None:
        return Ticket.id.is_(None)
    own = select(TeamMember.team_id).where(TeamMember.agent_id == actor.id)
    open_to_all = select(Team.id).where(Team.closed.is_(False))
    return or_(
        Ticket.team_id.is_(None),
        Ticket.team_id.in_(own),
        Ticket.team_id.in_(open_to_all),
        Ticket.assignee_id == actor.id,
    )


def sees(ticket_id: int, actor: Actor) -> bool:
    """Whether there is such a ticket for this actor."""
    with db.session() as session:
        return session.scalar(select(Ticket.id).where(Ticket.id == ticket_id, visible_to(actor))) is not None
