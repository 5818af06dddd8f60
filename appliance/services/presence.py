"""Who looks at a ticket or writes in it just now: told by their pages, true for seconds only, and no event of the
feed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, literal, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.db import upsert
from appliance.models import Agent, Presence, Ticket, now
from appliance.services.visibility import visible_to
from appliance.values import Actor

VIEWING, WRITING = "viewing", ("reply", "note")
# A page tells it every ten seconds, and every three while somebody types: one lost word is forgiven.
LASTS = {VIEWING: timedelta(seconds=25), "reply": timedelta(seconds=6), "note": timedelta(seconds=6)}
FORGOTTEN = timedelta(hours=1)


class PresenceError(Exception):
    """code: not_found (or not for this actor)."""

    def __init__(self, code: str = "not_found") -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Present:
    """A colleague in a ticket. doing viewing|reply|note (writing one); not true any more after `until`."""

    agent_id: int
    name: str
    doing: str
    until: datetime

    @property
    def writing(self) -> bool:
        return self.doing in WRITING


def beat(ticket_id: int, doing: str, by: Actor) -> None:
    """Their page says what they do; what is none of our words is looking. Raises PresenceError."""
    doing = doing if doing in LASTS else VIEWING
    moment = now()
    # Since when they do it is kept while they go on.
    same = (Presence.doing == doing) & (Presence.until > moment)
    stays = {"doing": doing, "until": moment + LASTS[doing]}
    with db.write() as session:
        _check(session, ticket_id, by)
        statement = upsert(Presence).values(agent_id=by.id, ticket_id=ticket_id, changed_at=moment, **stays)
        changed = case((same, Presence.changed_at), else_=literal(moment, Presence.changed_at.type))
        kept = {**stays, "changed_at": changed}
        session.execute(statement.on_conflict_do_update(index_elements=["agent_id", "ticket_id"], set_=kept))


def leave(ticket_id: int, by: Actor) -> None:
    """They have closed it or turned to something else."""
    with db.write() as session:
        session.execute(delete(Presence).where(Presence.agent_id == by.id, Presence.ticket_id == ticket_id))


def in_ticket(ticket_id: int, by: Actor) -> tuple[Present, ...]:
    """The colleagues there, those who write first. Raises PresenceError."""
    with db.session() as session:
        _check(session, ticket_id, by)
        return of_tickets(session, [ticket_id], by).get(ticket_id, ())


def of_tickets(session: Session, ticket_ids: Sequence[int], by: Actor) -> Mapping[int, tuple[Present, ...]]:
    """The same for many, by ticket; the caller has checked what the actor may see."""
    query = (
        select(Presence, Agent.name)
        .join(Agent, Agent.id == Presence.agent_id)
        .where(Presence.ticket_id.in_(ticket_ids), Presence.until > now(), Presence.agent_id != (by.id or 0))
        .order_by(Presence.doing == VIEWING, Presence.changed_at, Presence.agent_id)
    )
    found: dict[int, tuple[Present, ...]] = {}
    for row, name in session.execute(query):
        one = Present(row.agent_id, name, row.doing, row.until)
        found[row.ticket_id] = (*found.get(row.ticket_id, ()), one)
    return found


def everywhere() -> Mapping[tuple[int, int], int]:
    """(ticket, agent) → since when they do what they do there, in milliseconds: tells that something changed, and no
    more."""
    query = select(Presence.ticket_id, Presence.agent_id, Presence.changed_at).where(Presence.until > now())
    with db.session() as session:
        return {
            (row.ticket_id, row.agent_id): round(row.changed_at.timestamp() * 1000) for row in session.execute(query)
        }


def tidy() -> None:
    """Forget who was where."""
    with db.write() as session:
        session.execute(delete(Presence).where(Presence.until < now() - FORGOTTEN))


def _check(session: Session, ticket_id: int, by: Actor) -> None:
    known = session.scalar(select(Ticket.id).where(Ticket.id == ticket_id, visible_to(by)))
    if known is None or by.kind != "agent" or by.id is None:
        raise PresenceError
