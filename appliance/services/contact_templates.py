"""What a new contact starts with: tags, a note, the fields its card shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Connection, Contact, ContactTemplate, ContactTemplateField, Entrance
from appliance.services import statements
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
    used_first,
    users,
)
from appliance.values import Actor

LONGEST_NOTE = 2000


@dataclass(frozen=True)
class ContactTemplateForm:
    """What the settings page sends; `fields` are the ids of those the card shows."""

    name: str
    tags: tuple[str, ...] = ()
    note: str = ""
    fields: frozenset[int] = frozenset()


@dataclass(frozen=True)
class ContactTemplateView:
    """`used_by`: connections and ways in. `contacts` were made by it."""

    id: int
    form: ContactTemplateForm
    used_by: tuple[str, ...]
    contacts: int
    retired_at: datetime | None


@dataclass(frozen=True)
class ContactBeginning:
    """`columns` of the new contact, and its tags."""

    columns: dict[str, Any]
    tags: tuple[str, ...] = ()


def beginning(session: Session, template_id: int | None) -> ContactBeginning:
    """What a new contact starts with; nothing when there is no such template."""
    if template_id is None:
        return ContactBeginning({})
    row = session.connection().execute(statements.CONTACT_TEMPLATE, {"id": template_id}).first()
    if row is None:
        return ContactBeginning({})
    return ContactBeginning({"template_id": row.id, "note": row.note}, tuple(str(each) for each in row.tags))


def every() -> list[ContactTemplateView]:
    """Those in use first."""
    with db.session() as session:
        return [_view(session, template) for template in used_first(session, ContactTemplate)]


def find(template_id: int) -> ContactTemplateView | None:
    with db.session() as session:
        template = session.get(ContactTemplate, template_id)
        return _view(session, template) if template else None


def choices() -> list[tuple[int, str]]:
    """(id, name) of those in use."""
    return choices_of(ContactTemplate)


def make(form: ContactTemplateForm, by: Actor) -> int:
    """Its id. Raises TemplateError."""
    with changing(by) as session:
        template = ContactTemplate(name=name_of(session, ContactTemplate, form.name, None))
        session.add(template)
        session.flush()
        _write(session, template, form)
        _tell(session, template, by, {})
        return template.id


def change(template_id: int, form: ContactTemplateForm, by: Actor) -> None:
    """Contacts that are there already keep what they have. Raises TemplateError."""
    with changing(by) as session:
        template = get(session, ContactTemplate, template_id)
        before = {"name": template.name}
        template.name = name_of(session, ContactTemplate, form.name, template.id)
        _write(session, template, form)
        _tell(session, template, by, before)


def retire(template_id: int, by: Actor, retired: bool = True) -> None:
    """Offered no more. Raises TemplateError: in_use while a connection or a way in starts contacts with it."""
    with changing(by) as session:
        template = get(session, ContactTemplate, template_id)
        if retired:
            refuse_if_used(_users(session, template.id))
        set_retired(session, template, retired)
        _tell(session, template, by, {}, retired=retired)


def _write(session: Session, template: ContactTemplate, form: ContactTemplateForm) -> None:
    if len(form.note) > LONGEST_NOTE:
        raise TemplateError("too_long")
    template.tags, template.note = tags_of(form.tags), form.note.strip()
    show_fields(session, "contact", template.id, form.fields)


def _view(session: Session, template: ContactTemplate) -> ContactTemplateView:
    shown = select(ContactTemplateField.field_id).where(ContactTemplateField.template_id == template.id)
    counted = select(func.count()).select_from(Contact).where(Contact.template_id == template.id)
    names = tuple(str(each) for each in template.tags)
    form = ContactTemplateForm(template.name, names, template.note, frozenset(session.scalars(shown)))
    made = session.scalar(counted) or 0
    return ContactTemplateView(template.id, form, _users(session, template.id), made, template.retired_at)


def _users(session: Session, template_id: int) -> tuple[str, ...]:
    return users(session, Connection.contact_template_id, Entrance.contact_template_id, template_id)


def _tell(session: Session, template: ContactTemplate, by: Actor, before: dict[str, Any], **more: Any) -> None:
    after = {"contact_template": template.id, "name": template.name, **more}
    feed.append(session, "template_changed", by=by, before=before, after=after)
