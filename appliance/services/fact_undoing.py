"""Taking back a change of a ticket: what its event says was before is so again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Event, Field, Ticket, now
from appliance.services import field_values, followers, spans, tags, ticket_facts
from appliance.services.field_kinds import read
from appliance.services.tickets import TicketError
from appliance.services.visibility import visible_to
from appliance.values import Actor, Json

# Columns that hold what their event says, as it stands there.
_COLUMNS = ("subject", "priority", "due_at", "team_id", "step", "assignee_id", "offered_at")
_MOMENTS = ("due_at", "offered_at")
# Who has given a ticket away may not see it any more, and may still think better of it.
MIND_CHANGES = timedelta(minutes=10)


def undo(ticket_id: int, event_id: int, by: Actor) -> int:
    """Only who made a change takes it back, and only while nobody has changed the same since. Raises TicketError:
    not_found, changed_since."""
    with db.write() as session:
        event, ticket = session.get(Event, event_id), session.get(Ticket, ticket_id)
        if event is None or ticket is None or not _may(session, event, ticket, by):
            raise TicketError("not_found")
        if "tags" in event.after:
            return _tags(session, ticket, event.before["tags"], event.after["tags"], by)
        if "field" in event.after:
            return _field(session, ticket, event.before, event.after, by)
        if "follower" in event.after:
            change = followers.remove if event.after["follows"] else followers.add
            return change(session, ticket.id, int(event.after["follower"]), by)
        return _columns(session, ticket, event.before, event.after, by)


def _may(session: Session, event: Event, ticket: Ticket, by: Actor) -> bool:
    if (event.ticket_id, event.kind, event.actor_id) != (ticket.id, "ticket_changed", by.id):
        return False
    seen = select(Ticket.id).where(Ticket.id == ticket.id, visible_to(by))
    return now() - event.at < MIND_CHANGES or session.scalar(seen) is not None


def _columns(session: Session, ticket: Ticket, before: Json, after: Json, by: Actor) -> int:
    known = [name for name in _COLUMNS if name in before and name in after]
    if not known:
        raise TicketError("not_found")
    if any(getattr(ticket, name) != _value(name, after[name]) for name in known):
        raise TicketError("changed_since")
    return spans.change(session, ticket, by, **{name: _value(name, before[name]) for name in known})


def _tags(session: Session, ticket: Ticket, before: list[str], after: list[str], by: Actor) -> int:
    """What was put on comes off and the other way round; other tags stay."""
    now_on = tags.names_on(session, "ticket", ticket.id)
    tags.take(session, "ticket", ticket.id, [name for name in after if name not in before])
    tags.put(session, "ticket", ticket.id, [name for name in before if name not in after])
    return ticket_facts.note_tags(session, ticket, now_on, by)


def _field(session: Session, ticket: Ticket, before: Json, after: Json, by: Actor) -> int:
    field = session.get(Field, int(after["field"]))
    if field is None:
        raise TicketError("not_found")
    if field_values.values_of(session, "ticket", ticket.id).get(field.id, "") != after["value"]:
        raise TicketError("changed_since")
    # What stood in it is put back even if it is no choice any more.
    value = str(before["value"])
    field_values.keep(session, "ticket", ticket.id, field.id, read(field.kind, value, [value], "en"))
    told = {"field": field.id, "value": value, "name": field.name, "kind": field.kind}
    was = {"field": field.id, "value": after["value"]}
    return ticket_facts.note_field(session, ticket, was, told, by)


def _value(name: str, kept: Any) -> Any:
    return datetime.fromisoformat(kept) if name in _MOMENTS and kept else kept
