"""What happened to tickets, as lines between their messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.models import Agent, Event
from appliance.values import Json

# The kinds a person wants to read; everything else of the feed is for pages and audit.
SHOWN = ("ticket_created", "ticket_changed", "contact_changed", "tickets_arranged", "subtask_done")
LONGEST = 200
# What of a ticket is worth a line when it changes.
TOLD = frozenset({
    "assignee_id", "stage", "shelf", "subject", "entrance", "team_id", "tags", "priority", "due_at", "step", "field",
    "follower", "offered_at",
})  # fmt: skip


@dataclass(frozen=True)
class EventView:
    """One line. `names` holds the agents that `before` and `after` speak of, by id."""

    id: int
    at: datetime
    kind: str
    actor_kind: str
    actor_id: int | None
    actor: str
    before: Json
    after: Json
    names: Mapping[int, str]
    ticket_id: int = 0


def between(
    session: Session, tickets: Sequence[int], since: datetime | None = None, until: datetime | None = None
) -> list[EventView]:
    """Lines of a stretch of time, oldest first."""
    query = select(Event).where(Event.ticket_id.in_(tickets), Event.kind.in_(SHOWN))
    if since is not None:
        query = query.where(Event.at >= since)
    if until is not None:
        query = query.where(Event.at < until)
    newest = list(session.scalars(query.order_by(Event.id.desc()).limit(LONGEST)))
    return _views(session, newest[::-1])


def after(session: Session, tickets: Sequence[int], event_id: int) -> list[EventView]:
    """Lines younger than an event."""
    query = select(Event).where(Event.ticket_id.in_(tickets), Event.kind.in_(SHOWN), Event.id > event_id)
    return _views(session, list(session.scalars(query.order_by(Event.id).limit(LONGEST))))


def _views(session: Session, events: Sequence[Event]) -> list[EventView]:
    names = _names(session, events)
    return [
        EventView(
            event.id,
            event.at,
            event.kind,
            event.actor_kind,
            event.actor_id,
            names.get(event.actor_id or 0, "") if event.actor_kind == "agent" else "",
            event.before,
            event.after,
            names,
            event.ticket_id or 0,
        )
        for event in events
        if _worth_a_line(event)
    ]


def _worth_a_line(event: Event) -> bool:
    if event.kind == "ticket_changed":
        return bool(TOLD & event.after.keys())
    if event.kind == "contact_changed":
        return bool({"blocked", "note", "barred", "joined"} & event.after.keys())
    return True


def _names(session: Session, events: Iterable[Event]) -> Mapping[int, str]:
    wanted: set[int] = set()
    for event in events:
        if event.actor_kind == "agent" and event.actor_id is not None:
            wanted.add(event.actor_id)
        spoken_of = (event.before.get("assignee_id"), event.after.get("assignee_id"), event.after.get("follower"))
        wanted.update(int(found) for found in spoken_of if found)
    if not wanted:
        return {}
    return {row.id: row.name for row in session.execute(select(Agent.id, Agent.name).where(Agent.id.in_(wanted)))}
