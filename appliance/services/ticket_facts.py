"""What stands on a ticket and is changed on its card: tags, priority, due time, team, stage, fields, followers.

Each change answers the id of its event, 0 when nothing changed: `fact_undoing.undo` takes it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from appliance import feed
from appliance.language import mark
from appliance.models import Agent, Field, Team, Ticket, TicketTemplate
from appliance.services import field_values, followers, spans, tags
from appliance.services.field_kinds import ValueRefused
from appliance.services.tickets import TicketError, changing
from appliance.values import Actor, Json

# What is stored, and its name: 0 is no priority at all.
PRIORITIES: tuple[tuple[int, str], ...] = (
    (0, mark("none")),
    (1, mark("low")),
    (2, mark("normal")),
    (3, mark("high")),
    (4, mark("urgent")),
)
MOST_TAGS = 30


def prioritise(ticket_id: int, priority: int, by: Actor) -> int:
    """Raises TicketError('bad_priority')."""
    if priority not in dict(PRIORITIES):
        raise TicketError("bad_priority")
    with changing(ticket_id, by) as (session, ticket):
        return spans.change(session, ticket, by, priority=priority)


def set_due(ticket_id: int, due: datetime | None, by: Actor) -> int:
    """Until when it has to be done; a time that has passed makes it overdue at once."""
    with changing(ticket_id, by) as (session, ticket):
        return spans.change(session, ticket, by, due_at=due)


def give_to_team(ticket_id: int, team_id: int | None, by: Actor) -> int:
    """Raises TicketError('no_team')."""
    with changing(ticket_id, by) as (session, ticket):
        if team_id is not None and session.get(Team, team_id) is None:
            raise TicketError("no_team")
        return spans.change(session, ticket, by, team_id=team_id)


def set_step(ticket_id: int, step: str, by: Actor) -> int:
    """One of the template's own stages, '' = none of them. Raises TicketError('bad_step')."""
    with changing(ticket_id, by) as (session, ticket):
        if step and step not in steps_of(session, ticket.template_id):
            raise TicketError("bad_step")
        return spans.change(session, ticket, by, step=step)


def steps_of(session: Session, template_id: int | None) -> tuple[str, ...]:
    template = session.get(TicketTemplate, template_id) if template_id else None
    return tuple(str(each) for each in template.stages) if template else ()


def put_tags(ticket_id: int, names: Sequence[str], by: Actor) -> int:
    """Raises TicketError('too_many_tags')."""
    with changing(ticket_id, by) as (session, ticket):
        before = tags.names_on(session, "ticket", ticket.id)
        if len(before) + len(names) > MOST_TAGS:
            raise TicketError("too_many_tags", most=MOST_TAGS)
        tags.put(session, "ticket", ticket.id, names)
        return note_tags(session, ticket, before, by)


def take_tags(ticket_id: int, names: Sequence[str], by: Actor) -> int:
    with changing(ticket_id, by) as (session, ticket):
        before = tags.names_on(session, "ticket", ticket.id)
        tags.take(session, "ticket", ticket.id, names)
        return note_tags(session, ticket, before, by)


def note_tags(session: Session, ticket: Ticket, before: list[str], by: Actor) -> int:
    """The event of tags that changed."""
    after = tags.names_on(session, "ticket", ticket.id)
    if after == before:
        return 0
    return feed.append(
        session, "ticket_changed", by=by, ticket=ticket.id, before={"tags": before}, after={"tags": after}
    )


def fill(ticket_id: int, field_id: int, text: str, language: str, by: Actor) -> int:
    """Write into a field what a person typed in their language. Raises TicketError: no_field, or a code of
    field_kinds.ValueRefused with the field's name."""
    with changing(ticket_id, by) as (session, ticket):
        field = session.get(Field, field_id)
        if field is None or field.scope != "ticket":
            raise TicketError("no_field")
        try:
            before, after = field_values.put(session, "ticket", ticket.id, field, text, language)
        except ValueRefused as refused:
            raise TicketError(f"field_{refused.code}", name=field.name, **refused.params) from None
        if before == after:
            return 0
        was = {"field": field.id, "value": before}
        told = {"field": field.id, "value": after, "name": field.name, "kind": field.kind}
        return note_field(session, ticket, was, told, by)


def note_field(session: Session, ticket: Ticket, before: Json, after: Json, by: Actor) -> int:
    """The event of a field that changed."""
    return feed.append(session, "ticket_changed", by=by, ticket=ticket.id, before=dict(before), after=dict(after))


def follow(ticket_id: int, agent_id: int, by: Actor) -> int:
    """Raises TicketError('no_agent')."""
    with changing(ticket_id, by) as (session, ticket):
        agent = session.get(Agent, agent_id)
        if agent is None or not agent.active:
            raise TicketError("no_agent")
        return followers.add(session, ticket.id, agent_id, by)


def unfollow(ticket_id: int, agent_id: int, by: Actor) -> int:
    with changing(ticket_id, by) as (session, ticket):
        return followers.remove(session, ticket.id, agent_id, by)
