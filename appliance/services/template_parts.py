"""What templates of tickets and of contacts have in common: names, tags, the fields they show, who may change them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TypeVar

from sqlalchemy import delete, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from appliance import db
from appliance.language import LANGUAGES
from appliance.models import (
    Connection,
    ContactTemplate,
    ContactTemplateField,
    Entrance,
    Field,
    TemplateField,
    TicketTemplate,
    now,
)
from appliance.services import tags
from appliance.values import Actor

Template = TypeVar("Template", TicketTemplate, ContactTemplate)
LONGEST_NAME = 80
MOST_TAGS = 10


class TemplateError(Exception):
    """Nothing was changed. code: not_found, not_allowed, name_empty, name_taken, subject_empty, too_long, no_team,
    no_agent, bad_priority, too_many, in_use (names)."""

    def __init__(self, code: str, names: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.names = tuple(names)


def changing(by: Actor) -> AbstractContextManager[Session]:
    """A transaction for whoever may change templates. Raises TemplateError('not_allowed')."""
    if by.kind == "agent" and by.role not in ("owner", "manager"):
        raise TemplateError("not_allowed")
    return db.write()


def used_first(session: Session, model: type[Template]) -> Sequence[Template]:
    """All of them, those in use first."""
    return session.scalars(select(model).order_by(model.retired_at.is_not(None), model.id)).all()


def choices_of(model: type[TicketTemplate | ContactTemplate]) -> list[tuple[int, str]]:
    """(id, name) of those in use."""
    with db.session() as session:
        query = select(model.id, model.name).where(model.retired_at.is_(None)).order_by(model.id)
        return [(row.id, row.name) for row in session.execute(query)]


def get(session: Session, model: type[Template], template_id: int) -> Template:
    """Raises TemplateError('not_found')."""
    found = session.get(model, template_id)
    if found is None:
        raise TemplateError("not_found")
    return found


def set_retired(session: Session, template: TicketTemplate | ContactTemplate, retired: bool) -> None:
    """Or back in use, if its name is still free. Raises TemplateError."""
    if not retired:
        name_of(session, type(template), template.name, template.id)
    template.retired_at = (template.retired_at or now()) if retired else None


def name_of(session: Session, model: type[TicketTemplate | ContactTemplate], given: str, own: int | None) -> str:
    """One line; two templates in use never have one name."""
    wanted = " ".join(given.split())[:LONGEST_NAME]
    if not wanted:
        raise TemplateError("name_empty")
    for number, taken in session.execute(select(model.id, model.name).where(model.retired_at.is_(None))):
        if number != own and taken.casefold() == wanted.casefold():
            raise TemplateError("name_taken")
    return wanted


def tags_of(given: Iterable[str]) -> list[str]:
    names = tags.split(",".join(given))
    if len(names) > MOST_TAGS:
        raise TemplateError("too_many")
    return names


def texts_of(given: Mapping[str, object]) -> dict[str, str]:
    """A text for each language, '' where there is none."""
    return {language: str(given.get(language) or "").strip() for language in LANGUAGES}


def users(
    session: Session,
    of_connection: InstrumentedAttribute[int | None],
    of_entrance: InstrumentedAttribute[int | None],
    template_id: int,
) -> tuple[str, ...]:
    """Titles of the connections and places of the ways in that begin with a template."""
    connections = select(Connection.title).where(of_connection == template_id)
    ways = select(Entrance.place).where(of_entrance == template_id, Entrance.retired_at.is_(None))
    return (*session.scalars(connections), *session.scalars(ways))


def refuse_if_used(names: Sequence[str]) -> None:
    if names:
        raise TemplateError("in_use", names)


def show_fields(
    session: Session,
    scope: str,
    template_id: int,
    wanted: Collection[int],
    required: Collection[int] = frozenset(),
) -> None:
    """The template shows these fields and no others."""
    table: type[TemplateField | ContactTemplateField] = TemplateField if scope == "ticket" else ContactTemplateField
    session.execute(delete(table).where(table.template_id == template_id))
    for field in session.scalars(select(Field).where(Field.id.in_(wanted), Field.scope == scope)):
        row = table(template_id=template_id, field_id=field.id, position=field.position)
        if isinstance(row, TemplateField):
            row.required = field.id in required
        session.add(row)
