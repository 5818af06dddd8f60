"""All tickets of a list as rows of a table: the same ones in the same order, however many there are."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from appliance import db, feed
from appliance.models import (
    Agent,
    Connection,
    Contact,
    Field,
    Organisation,
    Team,
    Ticket,
    TicketField,
    TicketTemplate,
)
from appliance.services import lists, rows
from appliance.services.fields import FieldView, view
from appliance.services.filters import Filters
from appliance.services.visibility import visible_to
from appliance.values import Actor

PORTION = 200


@dataclass(frozen=True)
class ListedTicket:
    """A ticket and the names of what it belongs to, '' for none; `fields`: what is kept in them, by field id."""

    ticket: Ticket
    contact: str
    company: str
    connection: str
    template: str
    assignee: str
    team: str
    tags: tuple[str, ...]
    fields: dict[int, str]


def begin(by: Actor, filters: Filters, sort: str = "") -> array[int]:
    """The numbers of all tickets of a list in its order. Told in the journal: it is what somebody takes along."""
    with db.session() as session:
        # A number takes eight bytes; everything else is read while the file is on its way.
        found = array("q", (row.id for row in lists.every(session, by, filters, sort)))
    with db.write() as session:
        feed.append(session, "tickets_exported", by=by, after={"number": len(found), "tab": filters.tab})
    return found


def columns() -> list[FieldView]:
    """The company's own fields of tickets: those in use, then retired ones in which something stands."""
    used = select(TicketField.field_id).distinct()
    known = Field.retired_at.is_(None) | Field.id.in_(used)
    query = select(Field).where(Field.scope == "ticket", known)
    with db.session() as session:
        found = session.scalars(query.order_by(Field.retired_at.is_not(None), Field.position, Field.id))
        return [view(field) for field in found]


def read(by: Actor, numbers: Sequence[int]) -> Iterator[ListedTicket]:
    """Those the actor may still see, a portion at a time: no session is open while the reader takes them."""
    for start in range(0, len(numbers), PORTION):
        with db.session() as session:
            portion = _load(session, by, list(numbers[start : start + PORTION]))
        yield from portion


def _load(session: Session, by: Actor, numbers: Sequence[int]) -> list[ListedTicket]:
    assignee = aliased(Agent)
    query = (
        select(
            Ticket,
            Contact.name.label("contact"),
            Organisation.name.label("company"),
            Connection.title.label("connection"),
            TicketTemplate.name.label("template"),
            assignee.name.label("assignee"),
            Team.name.label("team"),
        )
        .join(Contact, Contact.id == Ticket.contact_id)
        .join(Organisation, Organisation.id == Contact.organisation_id, isouter=True)
        .join(Connection, Connection.id == Ticket.connection_id, isouter=True)
        .join(TicketTemplate, TicketTemplate.id == Ticket.template_id, isouter=True)
        .join(assignee, assignee.id == Ticket.assignee_id, isouter=True)
        .join(Team, Team.id == Ticket.team_id, isouter=True)
        .where(Ticket.id.in_(numbers), visible_to(by))
    )
    found = {record.Ticket.id: record for record in session.execute(query)}
    tags, values = rows.tags(session, numbers), _fields(session, numbers)
    return [_listed(found[number], tags.get(number, ()), values) for number in numbers if number in found]


def _listed(record: Any, tags: Sequence[str], values: dict[int, dict[int, str]]) -> ListedTicket:
    return ListedTicket(
        ticket=record.Ticket,
        contact=record.contact,
        company=record.company or "",
        connection=record.connection or "",
        template=record.template or "",
        assignee=record.assignee or "",
        team=record.team or "",
        tags=tuple(tags),
        fields=values.get(record.Ticket.id, {}),
    )


def _fields(session: Session, numbers: Sequence[int]) -> dict[int, dict[int, str]]:
    query = select(TicketField.ticket_id, TicketField.field_id, TicketField.value)
    found: dict[int, dict[int, str]] = {}
    for row in session.execute(query.where(TicketField.ticket_id.in_(numbers))):
        found.setdefault(row.ticket_id, {})[row.field_id] = row.value
    return found
