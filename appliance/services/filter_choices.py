"""What lists can be filtered by, by name: for the dialog that offers it, and for the chips that say what was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Agent, Connection, Contact, Field, Organisation, Tag, Team, TicketTag, TicketTemplate
from appliance.services.filters import Filters, field_of, is_number

MOST_TAGS = 100
MOST_STEPS = 60
MEASURED = ("number", "date", "money")


@dataclass(frozen=True)
class Choice:
    """`label`: a name somebody gave; '' for values that the page has its own words for."""

    value: str
    label: str = ""


@dataclass(frozen=True)
class ChoiceField:
    """A field of the shop's own whose values are few."""

    id: int
    name: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class SpanField:
    """A field of the shop's own that is measured: kind number, date or money."""

    id: int
    name: str
    kind: str


@dataclass(frozen=True)
class Offered:
    """Everything the dialog offers that has a name in the database."""

    agents: tuple[Choice, ...]
    teams: tuple[Choice, ...]
    tags: tuple[Choice, ...]
    connections: tuple[Choice, ...]
    templates: tuple[Choice, ...]
    steps: tuple[Choice, ...]
    fields: tuple[ChoiceField, ...]
    spans: tuple[SpanField, ...] = ()


def offered() -> Offered:
    with db.session() as session:
        return Offered(
            agents=_choices(session, select(Agent.id, Agent.name).where(Agent.active).order_by(Agent.name)),
            teams=_choices(session, select(Team.id, Team.name).order_by(Team.name)),
            tags=_choices(session, _tags()),
            connections=_choices(session, select(Connection.id, Connection.title).order_by(Connection.id)),
            templates=_choices(session, select(TicketTemplate.id, TicketTemplate.name).order_by(TicketTemplate.name)),
            steps=_steps(session),
            fields=tuple(_choice(field) for field in _fields(session, "choice")),
            spans=tuple(SpanField(field.id, field.name, field.kind) for field in _fields(session, *MEASURED)),
        )


def names(filters: Filters) -> Mapping[tuple[str, str], str]:
    """(word, value) → the name of what was chosen; what has none, or is gone, is left out."""
    found: dict[tuple[str, str], str] = {}
    with db.session() as session:
        for word in filters.words():
            column = _NAMED.get(word)
            values = [value for value in filters.values(word) if is_number(value)]
            if column is not None and values:
                known = _names(session, column, values)
                found |= {(word, value): known[int(value)] for value in values if int(value) in known}
    return found


def field_names(filters: Filters) -> Mapping[str, str]:
    """`field-7` → its name."""
    numbers = {word: field_of(word) for word in filters.words()}
    wanted = [number for number in numbers.values() if number is not None]
    if not wanted:
        return {}
    with db.session() as session:
        known = _names(session, Field.name, wanted)
    return {word: known[number] for word, number in numbers.items() if number in known}


_NAMED: Mapping[str, Any] = {
    "assignee": Agent.name,
    "done_by": Agent.name,
    "team": Team.name,
    "tag": Tag.name,
    "connection": Connection.title,
    "template": TicketTemplate.name,
    "organisation": Organisation.name,
    "contact": Contact.name,
}


def _names(session: Session, column: Any, ids: Iterable[int | str]) -> dict[int, str]:
    model = column.class_
    query = select(model.id, column).where(model.id.in_([int(number) for number in ids]))
    return {row[0]: row[1] for row in session.execute(query)}


def _choices(session: Session, query: Select[int, str]) -> tuple[Choice, ...]:
    return tuple(Choice(str(row[0]), row[1]) for row in session.execute(query))


def _tags() -> Select[int, str]:
    """The most used first: beyond a hundred nobody reads on."""
    uses = func.count(TicketTag.ticket_id)
    query = select(Tag.id, Tag.name).join(TicketTag, TicketTag.tag_id == Tag.id, isouter=True)
    return query.group_by(Tag.id, Tag.name).order_by(uses.desc(), Tag.name).limit(MOST_TAGS)


def _steps(session: Session) -> tuple[Choice, ...]:
    """The names that templates gave to steps inside open, each once."""
    found = [str(step) for stages in session.scalars(select(TicketTemplate.stages)) for step in stages]
    return tuple(Choice(step, step) for step in list(dict.fromkeys(found))[:MOST_STEPS])


def _fields(session: Session, *kinds: str) -> Iterable[Field]:
    offered = select(Field).where(Field.scope == "ticket", Field.kind.in_(kinds), Field.retired_at.is_(None))
    return session.scalars(offered.order_by(Field.position, Field.id))


def _choice(field: Field) -> ChoiceField:
    return ChoiceField(field.id, field.name, tuple(str(each) for each in field.choices))
