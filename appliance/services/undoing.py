"""How long a reply can be taken back: as the agent likes it, else as the company does."""

from __future__ import annotations

from sqlalchemy import select

from appliance import db, feed
from appliance.models import Agent
from appliance.services import settings
from appliance.services.agents import AgentError
from appliance.services.core_settings import UNDO_CHOICES
from appliance.values import Actor

AS_COMPANY = ""


def seconds(by: Actor) -> int:
    """Nobody but people takes anything back."""
    if by.kind != "agent" or by.id is None:
        return 0
    own = chosen(by.id)
    return settings.get_number("undo_seconds") if own == AS_COMPANY else int(own)


def chosen(agent_id: int) -> str:
    """The agent's own choice, one of the setting's; '' as the company."""
    with db.session() as session:
        own = session.scalar(select(Agent.undo_seconds).where(Agent.id == agent_id))
    return AS_COMPANY if own is None else str(own)


def choose(wanted: str, by: Actor) -> None:
    """One of the setting's choices, or '' for the company's. Raises AgentError('undo_unknown')."""
    if wanted != AS_COMPANY and wanted not in dict(UNDO_CHOICES):
        raise AgentError("undo_unknown")
    with db.write() as session:
        agent = session.get(Agent, by.id or 0)
        if agent is None:
            raise AgentError("not_found")
        before, chosen_now = agent.undo_seconds, int(wanted) if wanted else None
        if before == chosen_now:
            return
        agent.undo_seconds = chosen_now
        after = {"agent": agent.id, "undo_seconds": chosen_now}
        feed.append(session, "agent_changed", by=by, before={"undo_seconds": before}, after=after)
