"""Who is told what: follows the feed and leaves a notice for each agent an event concerns.

With a stored cursor, and once for each agent and event: a kill in the middle repeats nothing. Nobody is told of what
they did themselves, of what they may not see, or of anything on a shelf: spam stays quiet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.db import upsert
from appliance.models import Agent, Delivery, Event, Follower, Mention, Message, Notice, TeamMember, Ticket, now
from appliance.services.agents import view
from appliance.services.visibility import visible_to

CONSUMER = "noticing"
BATCH = 200


@dataclass(frozen=True)
class Told:
    """Somebody is to hear of an event."""

    agent_id: int
    kind: str


def follow() -> int:
    """Deal with the news; answers how many events there were."""
    start = feed.position(CONSUMER)
    events = feed.after(start, BATCH)
    if not events:
        return 0
    with db.write() as session:
        for event in events:
            _take_in(session, event)
        feed.advance(session, CONSUMER, events[-1].id)
    return len(events)


def clear(session: Session, ticket_id: int, agent_id: int | None = None, kinds: Iterable[str] = ()) -> bool:
    """Notices of a ticket have been seen, or need nobody any more; whether there were any. In the caller's
    transaction."""
    statement = update(Notice).where(Notice.ticket_id == ticket_id, Notice.read_at.is_(None))
    if agent_id is not None:
        statement = statement.where(Notice.agent_id == agent_id)
    if kinds:
        statement = statement.where(Notice.kind.in_(tuple(kinds)))
    return bool(session.execute(statement.values(read_at=now())).rowcount)  # type: ignore[attr-defined]


def _take_in(session: Session, event: Event) -> None:
    ticket = session.get(Ticket, event.ticket_id) if event.ticket_id else None
    if ticket is None:
        return
    _forget_what_is_settled(session, event, ticket)
    if ticket.shelf != "none":
        return
    told = set(_concerned(session, event, ticket))
    author = event.actor_id if event.actor_kind == "agent" else None
    # The most particular word first: who is mentioned in a note need not hear of the note as well.
    for each in sorted(told, key=lambda one: (one.agent_id, _ORDER.index(one.kind))):
        if each.agent_id != author and _sees(session, each.agent_id, ticket.id):
            _add(session, event, ticket.id, each)


def _add(session: Session, event: Event, ticket_id: int, told: Told) -> None:
    values = {
        "agent_id": told.agent_id,
        "kind": told.kind,
        "ticket_id": ticket_id,
        "message_id": event.message_id,
        "event_id": event.id,
        "at": event.at,
    }
    added = session.execute(upsert(Notice).values(**values).on_conflict_do_nothing().returning(Notice.id)).first()
    if added is not None:
        feed.append(session, "notice_left", ticket=ticket_id, cause=event.id, after={"agent": told.agent_id})


def _forget_what_is_settled(session: Session, event: Event, ticket: Ticket) -> None:
    """A ticket that was taken, done or shelved asks nobody to take it any more."""
    if event.kind != "ticket_changed":
        return
    if event.after.get("assignee_id"):
        clear(session, ticket.id, kinds=("new", "offered"))
    if event.after.get("stage") == "done" or event.after.get("shelf") in ("spam", "trash"):
        clear(session, ticket.id)


def _concerned(session: Session, event: Event, ticket: Ticket) -> Iterator[Told]:
    """Everybody an event concerns, perhaps twice."""
    if event.kind == "ticket_created" and event.actor_kind == "contact":
        yield from (Told(agent, "new") for agent in _candidates(session, ticket))
    elif event.kind == "message_received" and not _is_first(session, event):
        yield from (Told(agent, "customer") for agent in _holders(session, ticket))
    elif event.kind == "message_sent" and event.after.get("kind") == "note":
        query = select(Mention.agent_id).where(Mention.message_id == event.message_id)
        yield from (Told(agent, "mention") for agent in session.scalars(query))
    elif event.kind == "ticket_changed":
        yield from _changed(session, event, ticket)
    elif event.kind == "delivery_changed":
        yield from _undelivered(session, event)
    elif event.kind == "ticket_overdue":
        yield from (Told(agent, "overdue") for agent in _holders(session, ticket))


def _changed(session: Session, event: Event, ticket: Ticket) -> Iterator[Told]:
    given = event.after.get("assignee_id")
    if given:
        yield Told(int(given), "assigned")
    if event.after.get("offered_at"):
        yield from (Told(agent, "offered") for agent in _candidates(session, ticket))
    if event.after.get("stage") == "done" and ticket.parent_id is not None:
        parent = session.get(Ticket, ticket.parent_id)
        yield from (Told(agent, "subtask") for agent in (_holders(session, parent) if parent else ()))


def _is_first(session: Session, event: Event) -> bool:
    """The ticket's first words are told as a new ticket."""
    earlier = select(Message.id).where(Message.ticket_id == event.ticket_id, Message.id < (event.message_id or 0))
    return session.scalar(earlier.where(Message.kind == "incoming").limit(1)) is None


def _undelivered(session: Session, event: Event) -> Iterator[Told]:
    """The author hears that it did not arrive, or that nobody knows."""
    state = session.scalar(select(Delivery.state).where(Delivery.message_id == event.message_id))
    author = session.scalar(select(Message.agent_id).where(Message.id == event.message_id))
    if state in ("failed", "uncertain", "blocked") and author is not None:
        yield Told(author, "undelivered")


def _candidates(session: Session, ticket: Ticket) -> list[int]:
    """Who could take it: the team's members, or everybody; nobody once somebody has it."""
    if ticket.assignee_id is not None:
        return [ticket.assignee_id]
    if ticket.team_id is not None:
        return list(session.scalars(select(TeamMember.agent_id).where(TeamMember.team_id == ticket.team_id)))
    return list(session.scalars(select(Agent.id).where(Agent.active)))


def _holders(session: Session, ticket: Ticket) -> list[int]:
    """Who looks after it: the assignee and the followers; while there is none, whoever could take it."""
    followers = list(session.scalars(select(Follower.agent_id).where(Follower.ticket_id == ticket.id)))
    return [*followers, *([ticket.assignee_id] if ticket.assignee_id else _candidates(session, ticket))]


def _sees(session: Session, agent_id: int, ticket_id: int) -> bool:
    agent = session.get(Agent, agent_id)
    if agent is None or not agent.active:
        return False
    return session.scalar(select(Ticket.id).where(Ticket.id == ticket_id, visible_to(view(agent).actor))) is not None


_ORDER = ("mention", "assigned", "offered", "subtask", "overdue", "undelivered", "customer", "new")
