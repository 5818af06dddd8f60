"""Templates of tickets, as the settings make, change and retire them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Agent, Connection, Entrance, Team, TemplateField, Ticket, TicketTemplate
from appliance.services.rewording import reworded
from appliance.services.template_parts import (
    TemplateError,
    changing,
    choices_of,
    get,
    name_of,
    refuse_if_used,
    set_retired,
    show_fields,
    tags_of,
    texts_of,
    used_first,
    users,
)
from appliance.services.ticket_facts import PRIORITIES
from appliance.values import Actor

LONGEST_SUBJECT, LONGEST_TEXT, LONGEST_STAGE, MOST_STAGES = 200, 1000, 40, 12


@dataclass(frozen=True)
class TicketTemplateForm:
    """What the settings page sends. `fields` are the ids of those the card shows; `required` ones are asked for before
    a ticket is done. `greeting` and `acknowledgement` hold a text a language, '' = the built-in one."""

    name: str
    subject: str = "{text}"
    team_id: int | None = None
    assignee_id: int | None = None
    priority: int = 0
    tags: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    fields: frozenset[int] = frozenset()
    required: frozenset[int] = frozenset()
    acknowledge: bool = True
    acknowledgement: Mapping[str, str] = field(default_factory=dict)
    greeting: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TicketTemplateView:
    """`used_by`: connections and ways in. `tickets` were made by it."""

    id: int
    form: TicketTemplateForm
    used_by: tuple[str, ...]
    tickets: int
    retired_at: datetime | None


def every() -> list[TicketTemplateView]:
    """Those in use first."""
    with db.session() as session:
        return [_view(session, template) for template in used_first(session, TicketTemplate)]


def find(template_id: int) -> TicketTemplateView | None:
    with db.session() as session:
        template = session.get(TicketTemplate, template_id)
        return _view(session, template) if template else None


def choices() -> list[tuple[int, str]]:
    """(id, name) of those in use."""
    return choices_of(TicketTemplate)


def make(form: TicketTemplateForm, by: Actor) -> int:
    """Its id. Raises TemplateError."""
    with changing(by) as session:
        template = TicketTemplate(name=name_of(session, TicketTemplate, form.name, None))
        session.add(template)
        session.flush()
        _write(session, template, form)
        _tell(session, template, by, {})
        return template.id


def change(template_id: int, form: TicketTemplateForm, by: Actor) -> None:
    """Tickets that are there already keep what they have; a stage that was only reworded is reworded there, too.
    Raises TemplateError."""
    with changing(by) as session:
        template = get(session, TicketTemplate, template_id)
        before = {"name": template.name}
        template.name = name_of(session, TicketTemplate, form.name, template.id)
        _reword(session, template, _stages(form.stages))
        _write(session, template, form)
        _tell(session, template, by, before)


def retire(template_id: int, by: Actor, retired: bool = True) -> None:
    """Offered no more. Raises TemplateError: in_use while a connection or a way in starts tickets with it."""
    with changing(by) as session:
        template = get(session, TicketTemplate, template_id)
        if retired:
            refuse_if_used(_users(session, template.id))
        set_retired(session, template, retired)
        _tell(session, template, by, {}, retired=retired)


def _write(session: Session, template: TicketTemplate, form: TicketTemplateForm) -> None:
    _check(session, form)
    template.subject = " ".join(form.subject.split())
    template.team_id, template.assignee_id, template.priority = form.team_id, form.assignee_id, form.priority
    template.tags, template.stages = tags_of(form.tags), _stages(form.stages)
    template.acknowledge = form.acknowledge
    template.acknowledgement, template.greeting = texts_of(form.acknowledgement), texts_of(form.greeting)
    show_fields(session, "ticket", template.id, form.fields | form.required, form.required)


def _check(session: Session, form: TicketTemplateForm) -> None:
    if not form.subject.strip():
        raise TemplateError("subject_empty")
    texts = (*form.greeting.values(), *form.acknowledgement.values())
    if len(form.subject) > LONGEST_SUBJECT or any(len(text) > LONGEST_TEXT for text in texts):
        raise TemplateError("too_long")
    if form.priority not in dict(PRIORITIES):
        raise TemplateError("bad_priority")
    if form.team_id is not None and session.get(Team, form.team_id) is None:
        raise TemplateError("no_team")
    agent = session.get(Agent, form.assignee_id) if form.assignee_id is not None else None
    if form.assignee_id is not None and (agent is None or not agent.active):
        raise TemplateError("no_agent")


def _stages(given: tuple[str, ...]) -> list[str]:
    lines = (" ".join(each.split())[:LONGEST_STAGE].strip() for each in given)
    known = list(dict.fromkeys(line for line in lines if line))
    if len(known) > MOST_STAGES:
        raise TemplateError("too_many")
    return known


def _reword(session: Session, template: TicketTemplate, wanted: list[str]) -> None:
    change = reworded([str(each) for each in template.stages], wanted)
    if change is not None:
        tickets = update(Ticket).where(Ticket.template_id == template.id, Ticket.step == change[0])
        session.execute(tickets.values(step=change[1]))


def _view(session: Session, template: TicketTemplate) -> TicketTemplateView:
    rows = session.scalars(select(TemplateField).where(TemplateField.template_id == template.id)).all()
    form = TicketTemplateForm(
        name=template.name,
        subject=template.subject,
        team_id=template.team_id,
        assignee_id=template.assignee_id,
        priority=template.priority,
        tags=tuple(str(each) for each in template.tags),
        stages=tuple(str(each) for each in template.stages),
        fields=frozenset(row.field_id for row in rows),
        required=frozenset(row.field_id for row in rows if row.required),
        acknowledge=template.acknowledge,
        acknowledgement=texts_of(template.acknowledgement),
        greeting=texts_of(template.greeting),
    )
    counted = session.scalar(select(func.count()).select_from(Ticket).where(Ticket.template_id == template.id))
    return TicketTemplateView(template.id, form, _users(session, template.id), counted or 0, template.retired_at)


def _users(session: Session, template_id: int) -> tuple[str, ...]:
    return users(session, Connection.template_id, Entrance.template_id, template_id)


def _tell(session: Session, template: TicketTemplate, by: Actor, before: dict[str, Any], **more: Any) -> None:
    after = {"ticket_template": template.id, "name": template.name, **more}
    feed.append(session, "template_changed", by=by, before=before, after=after)
