"""Unsent texts, per agent, ticket and mode, so that a note's words can never follow into a reply.

Every save carries a version one higher than the last it knows of: a save that was overtaken by a later one, or by the
sending that cleared the draft, changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db
from appliance.db import upsert
from appliance.models import Draft, Ticket, now
from appliance.services.draft_moves import joined
from appliance.services.survivors import survivor_of
from appliance.services.visibility import visible_to
from appliance.values import Actor

MODES = ("reply", "note")
LONGEST = 20_000


class DraftError(Exception):
    """code: not_found, bad_mode, too_long."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class SavedDraft:
    """What the server holds; version 0 = nothing was ever saved."""

    text: str = ""
    version: int = 0


def of_ticket(session: Session, ticket_id: int, by: Actor) -> Mapping[str, SavedDraft]:
    """This agent's drafts in a ticket, by mode; always both."""
    query = select(Draft).where(Draft.ticket_id == ticket_id, Draft.agent_id == by.id)
    found = {draft.mode: SavedDraft(draft.text, draft.version) for draft in session.scalars(query)}
    return {mode: found.get(mode, SavedDraft()) for mode in MODES}


def save(ticket_id: int, mode: str, text: str, version: int, by: Actor) -> SavedDraft:
    """Keep the text if its version is news; answers what is held now, be it another's later text."""
    if mode not in MODES or by.id is None:
        raise DraftError("bad_mode")
    if len(text) > LONGEST:
        raise DraftError("too_long")
    with db.write() as session:
        if session.scalar(select(Ticket.id).where(Ticket.id == ticket_id, visible_to(by))) is None:
            raise DraftError("not_found")
        if (kept := survivor_of(session, ticket_id)) != ticket_id:
            # Typed in a page of a ticket that has become part of another: nothing there is written over.
            text = joined(of_ticket(session, kept, by)[mode].text, text)[:LONGEST]
            ticket_id = kept
        held = of_ticket(session, ticket_id, by)[mode]
        if version <= held.version:
            return held
        _put(session, ticket_id, mode, text, version, by)
    return SavedDraft(text, version)


def clear(ticket_id: int, mode: str, by: Actor) -> int:
    """The text was sent; answers the version from which the next draft goes on."""
    with db.write() as session:
        version = of_ticket(session, ticket_id, by)[mode].version + 1
        _put(session, ticket_id, mode, "", version, by)
    return version


def _put(session: Session, ticket_id: int, mode: str, text: str, version: int, by: Actor) -> None:
    values = {"text": text, "version": version, "saved_at": now()}
    statement = upsert(Draft).values(ticket_id=ticket_id, agent_id=by.id, mode=mode, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["ticket_id", "agent_id", "mode"], set_=values))
