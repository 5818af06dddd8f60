"""How long a reply can be taken back: as the agent likes it, else as the company does."""

from __future__ import annotations

from sqlalchemy import select

from appliance import db
from appliance.models import Agent
from appliance.services import settings
from appliance.values import Actor


def seconds(by: Actor) -> int:
    """Nobody but people takes anything back."""
    if by.kind != "agent" or by.id is None:
        return 0
    with db.session() as session:
        own = session.scalar(select(Agent.undo_seconds).where(Agent.id == by.id))
    return settings.get_number("undo_seconds") if own is None else own
