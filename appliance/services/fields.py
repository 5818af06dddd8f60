"""The fields a shop adds to its tickets and contacts: defined, renamed, put in order, retired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import (
    ContactField,
    ContactTemplate,
    ContactTemplateField,
    Field,
    TemplateField,
    TicketField,
    TicketTemplate,
    now,
)
from appliance.services.field_kinds import KINDS
from appliance.services.rewording import reworded
from appliance.values import Actor

SCOPES = ("ticket", "contact")
LONGEST_NAME, LONGEST_CHOICE, MOST_CHOICES, MOST_FIELDS = 80, 100, 100, 100


class FieldError(Exception):
    """Nothing was changed. code: not_found, not_allowed, scope_unknown, kind_unknown, name_empty, name_taken,
    choices_empty, too_many."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class FieldView:
    """`used`: on how many tickets (or contacts) something stands in it; counted by `every` alone. `templates`: which
    ones show it."""

    id: int
    scope: str
    name: str
    kind: str
    choices: tuple[str, ...] = ()
    retired_at: datetime | None = None
    used: int = 0
    templates: tuple[int, ...] = ()


def every(scope: str) -> list[FieldView]:
    """Those of tickets or of contacts in their order, retired ones last."""
    with db.session() as session:
        values, templates = _values_of(scope), _templates_of(scope)
        counted = session.execute(select(values.field_id, func.count()).group_by(values.field_id))
        used = dict(counted.all())
        shown: dict[int, list[int]] = {}
        for field_id, template_id in session.execute(select(templates.field_id, templates.template_id)):
            shown.setdefault(field_id, []).append(template_id)
        query = select(Field).where(Field.scope == scope)
        found = session.scalars(query.order_by(Field.retired_at.is_not(None), Field.position, Field.id))
        return [
            replace(view(field), used=used.get(field.id, 0), templates=tuple(shown.get(field.id, ())))
            for field in found
        ]


def view(field: Field) -> FieldView:
    choices = tuple(str(each) for each in field.choices)
    return FieldView(field.id, field.scope, field.name, field.kind, choices, field.retired_at)


def define(scope: str, name: str, kind: str, choices: Sequence[str], by: Actor, templates: Sequence[int] = ()) -> int:
    """A new field at the end of the others, shown by these templates; its id. Raises FieldError."""
    if scope not in SCOPES:
        raise FieldError("scope_unknown")
    if kind not in dict(KINDS):
        raise FieldError("kind_unknown")
    with _changing(by) as session:
        known = session.scalars(select(Field).where(Field.scope == scope)).all()
        if len(known) >= MOST_FIELDS:
            raise FieldError("too_many")
        last = max((each.position for each in known), default=-1)
        field = Field(scope=scope, name=_name(session, scope, name), kind=kind, position=last + 1)
        field.choices = _choices(kind, choices)
        session.add(field)
        session.flush()
        show_in(session, field, templates)
        _tell(session, field, by, {}, {"name": field.name, "kind": kind})
        return field.id


def change(field_id: int, name: str, choices: Sequence[str], by: Actor, templates: Sequence[int]) -> None:
    """Another name, other choices, other templates; the kind stays. A choice that was only reworded takes what
    stands in tickets along. Raises FieldError."""
    with _changing(by) as session:
        field = _get(session, field_id)
        before = {"name": field.name, "choices": list(field.choices)}
        field.name = _name(session, field.scope, name, field.id)
        wanted = _choices(field.kind, choices)
        _reword(session, field, wanted)
        field.choices = wanted
        show_in(session, field, templates)
        _tell(session, field, by, before, {"name": field.name, "choices": wanted})


def move(field_id: int, steps: int, by: Actor) -> None:
    """Up (-1) or down (+1) among those in use. Raises FieldError."""
    with _changing(by) as session:
        field = _get(session, field_id)
        query = select(Field).where(Field.scope == field.scope, Field.retired_at.is_(None))
        ordered = list(session.scalars(query.order_by(Field.position, Field.id)))
        if field not in ordered:
            return
        ordered.remove(moved := field)
        target = max(0, min(len(ordered), _place(session, moved) + steps))
        ordered.insert(target, moved)
        for position, each in enumerate(ordered):
            each.position = position
        _tell(session, field, by, {}, {"name": field.name, "position": target})


def retire(field_id: int, by: Actor, retired: bool = True) -> None:
    """What stands in it stays and is shown; it is offered no more. Raises FieldError."""
    with _changing(by) as session:
        field = _get(session, field_id)
        if not retired:
            _name(session, field.scope, field.name, field.id)
        field.retired_at = (field.retired_at or now()) if retired else None
        _tell(session, field, by, {"name": field.name}, {"retired": retired, "name": field.name})


def show_in(session: Session, field: Field, templates: Sequence[int]) -> None:
    """These templates and no others show it; what is required stays so."""
    table = _templates_of(field.scope)
    model = TicketTemplate if field.scope == "ticket" else ContactTemplate
    wanted = set(session.scalars(select(model.id).where(model.id.in_(templates))))
    here = set(session.scalars(select(table.template_id).where(table.field_id == field.id)))
    gone = here - wanted
    session.execute(delete(table).where(table.field_id == field.id, table.template_id.in_(gone)))
    for template_id in wanted - here:
        session.add(table(template_id=template_id, field_id=field.id, position=field.position))


def _changing(by: Actor) -> Any:
    if by.kind == "agent" and by.role not in ("owner", "manager"):
        raise FieldError("not_allowed")
    return db.write()


def _get(session: Session, field_id: int) -> Field:
    field = session.get(Field, field_id)
    if field is None:
        raise FieldError("not_found")
    return field


def _place(session: Session, field: Field) -> int:
    query = select(func.count()).select_from(Field)
    before = query.where(Field.scope == field.scope, Field.retired_at.is_(None), Field.position < field.position)
    return session.scalar(before) or 0


def _name(session: Session, scope: str, name: str, own: int | None = None) -> str:
    """Two fields in use never have one name: nobody could tell them apart."""
    wanted = " ".join(name.split())[:LONGEST_NAME]
    if not wanted:
        raise FieldError("name_empty")
    query = select(Field.id, Field.name).where(Field.scope == scope, Field.retired_at.is_(None))
    for number, taken in session.execute(query):
        if number != own and taken.casefold() == wanted.casefold():
            raise FieldError("name_taken")
    return wanted


def _choices(kind: str, given: Sequence[str]) -> list[str]:
    if kind != "choice":
        return []
    known: dict[str, str] = {}
    for each in given:
        line = " ".join(each.split())[:LONGEST_CHOICE]
        if line:
            known.setdefault(line.casefold(), line)
    if not known:
        raise FieldError("choices_empty")
    if len(known) > MOST_CHOICES:
        raise FieldError("too_many")
    return list(known.values())


def _reword(session: Session, field: Field, wanted: list[str]) -> None:
    change = reworded([str(each) for each in field.choices], wanted)
    if change is not None:
        table = _values_of(field.scope)
        stands = update(table).where(table.field_id == field.id, table.value == change[0])
        session.execute(stands.values(value=change[1]))


def _values_of(scope: str) -> type[TicketField | ContactField]:
    return TicketField if scope == "ticket" else ContactField


def _templates_of(scope: str) -> type[TemplateField | ContactTemplateField]:
    return TemplateField if scope == "ticket" else ContactTemplateField


def _tell(session: Session, field: Field, by: Actor, before: dict[str, Any], after: dict[str, Any]) -> None:
    told = {"field": field.id, "scope": field.scope, **after}
    feed.append(session, "field_changed", by=by, before=before, after=told)
