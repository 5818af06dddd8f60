"""What a new ticket starts with. The first template is there from the start; its texts are the built-in ones."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import TicketTemplate


def plant() -> None:
    """Make sure there is a template; called after each migration."""
    with db.write() as session:
        default_id(session)


def default_id(session: Session) -> int:
    """The oldest template's id, made if there is none."""
    found = session.scalar(select(TicketTemplate.id).order_by(TicketTemplate.id).limit(1))
    if found is not None:
        return found
    template = TicketTemplate(name="Default")
    session.add(template)
    session.flush()
    return template.id
