"""Whose a ticket is: take it, give it back, hand it over to a colleague or to a team, with a note for whoever gets it.

Each act answers the id of its event, 0 when nothing changed: `fact_undoing.undo` takes it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Agent, Event, Message, Team, now
from appliance.services import outbox, reply_effects, sharing, spans
from appliance.services.tickets import TicketError, changing
from appliance.values import Actor


@dataclass(frozen=True)
class Receiver:
    """Who gets a ticket. An offer goes to a team: nobody has the ticket until one of them takes it."""

    kind: Literal["agent", "team", "offer"]
    id: int


def take(ticket_id: int, by: Actor) -> int:
    """Make it mine. The first who takes it has it; a colleague's ticket is handed over, not taken. Raises
    TicketError('taken')."""
    if by.id is None:
        raise TicketError("no_agent")
    with changing(ticket_id, by) as (session, ticket):
        event = spans.claim(session, ticket, by.id, by)
        if not event and ticket.assignee_id != by.id:
            holder = session.get(Agent, ticket.assignee_id or 0)
            raise TicketError("taken", name=holder.name if holder else "")
        return event


def release(ticket_id: int, by: Actor) -> int:
    """Nobody's again. Where tickets are shared out it is offered instead: it would come straight back."""
    with changing(ticket_id, by) as (session, ticket):
        if ticket.assignee_id is None:
            return 0
        offered = now() if sharing.manner(session, ticket.team_id) else None
        return spans.change(session, ticket, by, assignee_id=None, offered_at=offered)


def assign(ticket_id: int, agent_id: int, by: Actor) -> int:
    """Hand over to an active colleague. Raises TicketError('no_agent')."""
    with changing(ticket_id, by) as (session, ticket):
        _check(session, Receiver("agent", agent_id))
        return spans.change(session, ticket, by, assignee_id=agent_id)


def give_to_team(ticket_id: int, team_id: int, by: Actor) -> int:
    """Theirs, and nobody's yet: the team shares it out, if it does. Raises TicketError('no_team')."""
    with changing(ticket_id, by) as (session, ticket):
        _check(session, Receiver("team", team_id))
        return spans.change(session, ticket, by, team_id=team_id, assignee_id=None, offered_at=None)


def offer(ticket_id: int, team_id: int, by: Actor) -> int:
    """The first of the team who takes it has it; the machine gives it to nobody. Raises TicketError('no_team')."""
    with changing(ticket_id, by) as (session, ticket):
        _check(session, Receiver("offer", team_id))
        if ticket.team_id == team_id and ticket.assignee_id is None and ticket.offered_at is not None:
            return 0
        return spans.change(session, ticket, by, team_id=team_id, assignee_id=None, offered_at=now())


def hand_over(ticket_id: int, to: Receiver, by: Actor, note: str = "", key: str = "") -> int:
    """Give it to somebody, the note first: who gives a ticket away may not see it afterwards. `key`: as of
    outbox.note. Raises TicketError, OutboxError."""
    with db.session() as session:
        _check(session, to)
    if note.strip():
        outbox.note(ticket_id, by, note, key=key)
    acts = {"agent": assign, "team": give_to_team, "offer": offer}
    return acts[to.kind](ticket_id, to.id, by)


def taken_by_reply(message_id: int, by: Actor) -> int:
    """The event by which this reply took its ticket for who wrote it; 0 when it did not."""
    with db.session() as session:
        message = session.get(Message, message_id)
        if message is None or "assignee_id" not in reply_effects.changes(message):
            return 0
        query = select(Event).where(Event.ticket_id == message.ticket_id, Event.kind == "ticket_changed")
        mine = query.where(Event.actor_kind == "agent", Event.actor_id == by.id).order_by(Event.id.desc())
        return next((event.id for event in session.scalars(mine.limit(5)) if event.after.get("assignee_id")), 0)


def _check(session: Session, to: Receiver) -> None:
    if to.kind == "agent":
        agent = session.get(Agent, to.id)
        if agent is None or not agent.active:
            raise TicketError("no_agent")
    elif session.get(Team, to.id) is None:
        raise TicketError("no_team")
