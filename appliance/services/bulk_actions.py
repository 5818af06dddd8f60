"""What can be done to many tickets at once, one of them at a time inside the job's transaction; and taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from appliance.models import Agent, Team, Ticket
from appliance.services import spans, tags, ticket_facts, tickets
from appliance.services.subtasks import open_ones
from appliance.services.tickets import TicketError
from appliance.values import Actor, Json

# Columns an action may touch. The first are told in the timeline; the others follow from them.
_TOLD = ("stage", "step", "outcome", "shelf", "quiet", "assignee_id", "team_id", "offered_at", "snoozed_until")
_FOLLOWING = ("waiting_for", "waiting_since", "silenced", "done_at", "done_by_id")
_MOMENTS = frozenset({"offered_at", "snoozed_until", "waiting_since", "done_at"})
Act = Callable[[Session, Ticket, Json, Actor], object]


def apply(session: Session, ticket: Ticket, action: str, params: Json, by: Actor) -> dict[str, Any]:
    """Do it; answers what `take_back` needs. Raises TicketError; 'same' when nothing had to be changed."""
    before = _snapshot(session, ticket)
    subtasks = [each.id for each in open_ones(session, ticket.id, by)] if params.get("subtasks") == "finish" else []
    ACTIONS[action](session, ticket, params, by)
    session.flush()
    after = _snapshot(session, ticket)
    changed = [name for name in before if before[name] != after[name]]
    if not changed:
        raise TicketError("same")
    kept = {"before": {name: before[name] for name in changed}, "after": {name: after[name] for name in changed}}
    return {**kept, "subtasks": subtasks}


def take_back(session: Session, ticket: Ticket, kept: Json, by: Actor) -> None:
    """As it was before, unless somebody has changed the same since. Raises TicketError('changed_since')."""
    before, after, here = kept["before"], kept["after"], _snapshot(session, ticket)
    if any(here[name] != after[name] for name in after if name in _TOLD):
        raise TicketError("changed_since")
    spans.change(session, ticket, by, **{name: _value(name, before[name]) for name in before if name in _TOLD})
    for name in before:
        if name in _FOLLOWING:
            setattr(ticket, name, _value(name, before[name]))
    for number in kept.get("subtasks", ()):
        subtask = session.get(Ticket, number)
        if subtask is not None and subtask.stage == "done":
            tickets.reopen_within(session, subtask, by)
    if "tags" in before:
        tags.take(session, "ticket", ticket.id, [name for name in after["tags"] if name not in before["tags"]])
        tags.put(session, "ticket", ticket.id, [name for name in before["tags"] if name not in after["tags"]])
        ticket_facts.note_tags(session, ticket, here["tags"], by)


def _assign(session: Session, ticket: Ticket, params: Json, by: Actor) -> None:
    agent = session.get(Agent, params["agent"]) if params["agent"] else None
    if params["agent"] and (agent is None or not agent.active):
        raise TicketError("no_agent")
    spans.change(session, ticket, by, assignee_id=params["agent"])


def _give_to_team(session: Session, ticket: Ticket, params: Json, by: Actor) -> None:
    if params["team"] and session.get(Team, params["team"]) is None:
        raise TicketError("no_team")
    spans.change(session, ticket, by, team_id=params["team"])


def _tag(session: Session, ticket: Ticket, params: Json, by: Actor) -> None:
    before = tags.names_on(session, "ticket", ticket.id)
    if len({*before, *params["tags"]}) > ticket_facts.MOST_TAGS:
        raise TicketError("too_many_tags", most=ticket_facts.MOST_TAGS)
    tags.put(session, "ticket", ticket.id, params["tags"])
    ticket_facts.note_tags(session, ticket, before, by)


def _untag(session: Session, ticket: Ticket, params: Json, by: Actor) -> None:
    before = tags.names_on(session, "ticket", ticket.id)
    tags.take(session, "ticket", ticket.id, params["tags"])
    ticket_facts.note_tags(session, ticket, before, by)


def _finish(session: Session, ticket: Ticket, params: Json, by: Actor) -> None:
    # What is done already keeps its outcome. Nobody asked about subtasks: those who know the ticket decide.
    if ticket.stage != "done":
        tickets.finish_within(session, ticket, params["outcome"], by, params.get("subtasks", "ask"))


def _snooze(session: Session, ticket: Ticket, params: Json, by: Actor) -> None:
    tickets.snooze_within(session, ticket, datetime.fromisoformat(params["until"]), by)


def _shelve(shelf: str) -> Act:
    # Only these tickets: whom to keep quiet for good is decided for one person at a time. Spam always is.
    return lambda session, ticket, _params, by: spans.change(session, ticket, by, shelf=shelf, quiet=shelf == "spam")


ACTIONS: Mapping[str, Act] = {
    "assign": _assign,
    "team": _give_to_team,
    "tag": _tag,
    "untag": _untag,
    "finish": _finish,
    "snooze": _snooze,
    "reopen": lambda session, ticket, _params, by: tickets.reopen_within(session, ticket, by),
    "spam": _shelve("spam"),
    "trash": _shelve("trash"),
    "restore": lambda session, ticket, _params, by: tickets.restore_within(session, ticket, by),
}


def _snapshot(session: Session, ticket: Ticket) -> dict[str, Any]:
    kept = {name: _plain(getattr(ticket, name)) for name in (*_TOLD, *_FOLLOWING)}
    return {**kept, "tags": tags.names_on(session, "ticket", ticket.id)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _value(name: str, kept: Any) -> Any:
    return datetime.fromisoformat(kept) if name in _MOMENTS and kept else kept
