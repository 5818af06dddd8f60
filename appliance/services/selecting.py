"""The condition a list puts on tickets: what the actor may see, then the tab, then the filters.

A database without statistics takes every equality for something rare. So what is common (nearly all tickets are on
the desk and merged into none) is kept from its planner wherever another index leads to the few rows that are meant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from appliance.models import Contact, Delivery, Draft, Mention, Message, Tag, Ticket, TicketField, TicketTag, now
from appliance.services import busy_hours, settings
from appliance.services.filters import Filters, end_of, field_of, is_number, measure
from appliance.services.rows import UNDELIVERED
from appliance.services.visibility import visible_to
from appliance.values import Actor

STAGES = ("open", "snoozed", "done")
Condition = ColumnElement[bool]


def conditions(by: Actor, filters: Filters) -> Sequence[Condition]:
    """For `where`: every list, count and job over all of a list begins with these."""
    chosen = [or_(*(_one(word, value, by) for value in filters.values(word))) for word in filters.words()]
    return (visible_to(by), tab(by, filters.tab), *chosen)


def tab(by: Actor, name: str) -> Condition:
    """What belongs to a tab; without rights."""
    return _TABS[name](by)


def on_desk(*, leading: bool = True) -> Condition:
    """Neither spam nor trash, nor part of another ticket. Not `leading`: something else finds the rows."""
    shelf = Ticket.shelf if leading else func.coalesce(Ticket.shelf, "")
    return and_(shelf == "none", func.coalesce(Ticket.merged_into_id, 0) == 0)


def is_open() -> Condition:
    return and_(on_desk(), Ticket.stage == "open")


def waits() -> Condition:
    return and_(is_open(), Ticket.waiting_for == "us")


def is_overdue() -> Condition:
    late = aliased(Ticket)
    found = select(late.id).where(late.due_at < now(), late.stage != "done")
    return and_(Ticket.id.in_(found), on_desk(leading=False))


def has_mention(by: Actor) -> Condition:
    return Ticket.id.in_(select(Mention.ticket_id).where(Mention.agent_id == by.id))


def has_draft(by: Actor) -> Condition:
    return Ticket.id.in_(select(Draft.ticket_id).where(Draft.agent_id == by.id, func.trim(Draft.text) != ""))


def is_undelivered() -> Condition:
    failed = select(Message.ticket_id).join(Delivery, Delivery.message_id == Message.id)
    return Ticket.id.in_(failed.where(Delivery.state.in_(UNDELIVERED)))


_TABS: Mapping[str, Callable[[Actor], Condition]] = {
    "waiting": lambda _by: waits(),
    "mine": lambda by: and_(is_open(), Ticket.assignee_id == by.id),
    "unclaimed": lambda _by: and_(is_open(), Ticket.assignee_id.is_(None)),
    "all": lambda _by: on_desk(),
    "mentions": lambda by: and_(has_mention(by), on_desk(leading=False)),
    "drafts": lambda by: and_(has_draft(by), on_desk(leading=False)),
    "snoozed": lambda _by: and_(on_desk(), Ticket.stage == "snoozed"),
    "undelivered": lambda _by: and_(is_undelivered(), on_desk(leading=False)),
    "overdue": lambda _by: is_overdue(),
    "new": lambda _by: and_(is_open(), Ticket.answered_at.is_(None), func.coalesce(Ticket.parent_id, 0) == 0),
    "done": lambda _by: and_(on_desk(), Ticket.stage == "done"),
    "spam": lambda _by: Ticket.shelf == "spam",
    "trash": lambda _by: Ticket.shelf == "trash",
}


def _one(word: str, value: str, by: Actor) -> Condition:
    field = field_of(word)
    if field is not None:
        return Ticket.id.in_(select(TicketField.ticket_id).where(TicketField.field_id == field, _stands(word, value)))
    return _BUILDERS[word](value, by)


def _stands(word: str, value: str) -> Condition:
    """What a field holds: just this, or a number or day inside of a span, whose ends belong to it."""
    end = end_of(word)
    if not end:
        return TicketField.value == value
    return TicketField.number >= measure(value) if end == "from" else TicketField.number <= measure(value)


def _someone(column: InstrumentedAttribute[int | None]) -> Callable[[str, Actor], Condition]:
    def build(value: str, by: Actor) -> Condition:
        if value == "none":
            return column.is_(None)
        return column == (by.id if value == "me" else int(value))

    return build


def _tag(value: str, _by: Actor) -> Condition:
    """By id, as the desk's own links have it, or by name."""
    named = select(TicketTag.ticket_id).join(Tag, Tag.id == TicketTag.tag_id).where(Tag.name == value)
    known = select(TicketTag.ticket_id).where(TicketTag.tag_id == int(value)) if is_number(value) else named
    return Ticket.id.in_(known)


def _stage(value: str, _by: Actor) -> Condition:
    """One of the three, or a name that a template gave to a step inside open."""
    if value in STAGES:
        return Ticket.stage == value
    return and_(Ticket.stage == "open", Ticket.step == value)


def _due(value: str, _by: Actor) -> Condition:
    if value == "overdue":
        return and_(Ticket.stage != "done", Ticket.due_at < now())
    start = _midnight(_today())
    end = _midnight(_today() + timedelta(days=1 if value == "today" else 7))
    return and_(Ticket.stage != "done", Ticket.due_at >= start, Ticket.due_at < end)


def _from(column: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]) -> _Builder:
    return lambda value, _by: column >= _midnight(date.fromisoformat(value))


def _to(column: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]) -> _Builder:
    """The day itself belongs to it."""
    return lambda value, _by: column < _midnight(date.fromisoformat(value) + timedelta(days=1))


def _of_organisation(value: str, _by: Actor) -> Condition:
    return Ticket.contact_id.in_(select(Contact.id).where(Contact.organisation_id == int(value)))


def _today() -> date:
    return now().astimezone(_zone()).date()


def _midnight(day: date) -> datetime:
    """The beginning of a day where the company is."""
    return datetime.combine(day, time(), _zone())


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.get("time_zone"))


_Builder = Callable[[str, Actor], Condition]
_BUILDERS: Mapping[str, _Builder] = {
    "assignee": _someone(Ticket.assignee_id),
    "team": _someone(Ticket.team_id),
    "done_by": _someone(Ticket.done_by_id),
    "tag": _tag,
    "connection": lambda value, _by: Ticket.connection_id == int(value),
    "template": lambda value, _by: Ticket.template_id == int(value),
    "priority": lambda value, _by: Ticket.priority == int(value),
    "outcome": lambda value, _by: Ticket.outcome == value,
    "stage": _stage,
    "due": _due,
    "created_from": _from(Ticket.created_at),
    "created_to": _to(Ticket.created_at),
    "done_from": _from(Ticket.done_at),
    "done_to": _to(Ticket.done_at),
    "opened": lambda value, _by: busy_hours.condition(value),
    "organisation": _of_organisation,
    "contact": lambda value, _by: Ticket.contact_id == int(value),
}
