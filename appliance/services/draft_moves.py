"""Unsent words of a ticket that becomes part of another: they stand in the other's drafts, after what stood there."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.models import Draft, now


def bring(session: Session, gone_id: int, kept_id: int) -> None:
    """Each agent's, each mode's. The old ones are emptied, at a version that nothing overtakes."""
    for draft in session.scalars(select(Draft).where(Draft.ticket_id == gone_id)):
        if not draft.text.strip():
            continue
        held = session.get(Draft, (kept_id, draft.agent_id, draft.mode))
        if held is None:
            held = Draft(ticket_id=kept_id, agent_id=draft.agent_id, mode=draft.mode, text="", version=0)
            session.add(held)
        held.text, held.version, held.saved_at = joined(held.text, draft.text), held.version + 1, now()
        draft.text, draft.version = "", draft.version + 1


def joined(held: str, more: str) -> str:
    """Nothing twice, and nothing lost."""
    if more.strip() in held:
        return held
    return f"{held.rstrip()}\n{more}" if held.strip() else more
