"""Of tickets that became one, the one that remains: what every other number of it leads to."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Ticket
from appliance.services.visibility import visible_to
from appliance.values import Actor


def survivor_of(session: Session, ticket_id: int) -> int:
    """The ticket that a number leads to now; itself, if it was merged into no other."""
    seen = {ticket_id}
    while (into := session.scalar(select(Ticket.merged_into_id).where(Ticket.id == ticket_id))) is not None:
        if into in seen:
            break
        seen.add(into)
        ticket_id = into
    return ticket_id


def leads_elsewhere(ticket_id: int, by: Actor) -> int | None:
    """The ticket to show instead of this one; None when it stands for itself, or the other is not for this actor."""
    with db.session() as session:
        found = survivor_of(session, ticket_id)
        if found == ticket_id:
            return None
        return session.scalar(select(Ticket.id).where(Ticket.id == found, visible_to(by)))
