"""What stands in the fields of a ticket or a contact, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from appliance.db import upsert
from appliance.models import (
    ContactField,
    ContactTemplateField,
    Field,
    TemplateField,
    TicketField,
)
from appliance.services import fields
from appliance.services.field_kinds import Kept, read
from appliance.services.fields import FieldView


@dataclass(frozen=True)
class FieldValue:
    """`value` as it is kept, '' = nothing stands in it."""

    field: FieldView
    value: str
    required: bool = False


def of_ticket(session: Session, ticket_id: int, template_id: int | None) -> tuple[FieldValue, ...]:
    """The fields of the ticket's template in their order; then others in which something stands."""
    shown = session.execute(
        select(Field, TemplateField.required)
        .join(TemplateField, TemplateField.field_id == Field.id)
        .where(TemplateField.template_id == (template_id or 0), Field.retired_at.is_(None))
        .order_by(Field.position, Field.id)
    )
    return _filled(session, [(row.Field, row.required) for row in shown], values_of(session, "ticket", ticket_id))


def of_contact(session: Session, contact_id: int, template_id: int | None) -> tuple[FieldValue, ...]:
    """The fields of the contact's template, of every contact field while it has none; then others in which something
    stands."""
    query = select(Field).where(Field.scope == "contact", Field.retired_at.is_(None))
    if template_id is not None:
        shows = ContactTemplateField
        query = query.join(shows, shows.field_id == Field.id).where(shows.template_id == template_id)
    shown = [(field, False) for field in session.scalars(query.order_by(Field.position, Field.id))]
    return _filled(session, shown, values_of(session, "contact", contact_id))


def values_of(session: Session, scope: str, number: int) -> dict[int, str]:
    """{field id: what stands in it}"""
    if scope == "ticket":
        rows = session.execute(select(TicketField.field_id, TicketField.value).where(TicketField.ticket_id == number))
    else:
        rows = session.execute(
            select(ContactField.field_id, ContactField.value).where(ContactField.contact_id == number)
        )
    return dict(rows.all())


def missing(session: Session, ticket_id: int, template_id: int | None) -> list[str]:
    """Names of the required fields in which nothing stands yet: the ticket cannot be done."""
    return [each.field.name for each in of_ticket(session, ticket_id, template_id) if each.required and not each.value]


def put(session: Session, scope: str, number: int, field: Field, text: str, language: str) -> tuple[str, str]:
    """Write into a field of a ticket or a contact what a person typed; what stood in it, and what stands there now.
    Raises field_kinds.ValueRefused."""
    before = values_of(session, scope, number).get(field.id, "")
    kept = read(field.kind, text, [str(each) for each in field.choices], language)
    if kept.value != before:
        keep(session, scope, number, field.id, kept)
    return before, kept.value


def keep(session: Session, scope: str, number: int, field_id: int, kept: Kept) -> None:
    """Write what is kept; '' takes the row away."""
    table: type[TicketField | ContactField] = TicketField if scope == "ticket" else ContactField
    owner = "ticket_id" if scope == "ticket" else "contact_id"
    if not kept.value:
        session.execute(delete(table).where(getattr(table, owner) == number, table.field_id == field_id))
        return
    wanted = {"value": kept.value, "number": kept.number}
    statement = upsert(table).values(**{owner: number}, field_id=field_id, **wanted)
    session.execute(statement.on_conflict_do_update(index_elements=[owner, "field_id"], set_=wanted))


def _filled(session: Session, shown: Sequence[tuple[Field, bool]], values: dict[int, str]) -> tuple[FieldValue, ...]:
    made = [FieldValue(fields.view(field), values.get(field.id, ""), required) for field, required in shown]
    others = values.keys() - {field.id for field, _required in shown}
    query = select(Field).where(Field.id.in_(others)).order_by(Field.position, Field.id)
    made += [FieldValue(fields.view(field), values[field.id]) for field in session.scalars(query)]
    return tuple(made)
