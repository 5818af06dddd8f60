"""The statements of the hot path, built once: composing one costs more than running it.

They are Core statements over the tables: every message runs them, and the ORM would cost several times as much.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, bindparam, insert, or_, select, update

from appliance.db import upsert
from appliance.models import (
    Address,
    Agent,
    Contact,
    ContactTemplate,
    File,
    Identity,
    InboundUpdate,
    Instant,
    Message,
    MessageRef,
    Part,
    Ticket,
    TicketTemplate,
    table_of,
)

AnyRow = Row[*tuple[Any, ...]]
_address, _contact, _identity = table_of(Address), table_of(Contact), table_of(Identity)
_ticket, _message, _reference = table_of(Ticket), table_of(Message), table_of(MessageRef)
_person_template = table_of(ContactTemplate)
_journal, _template, _agent = table_of(InboundUpdate), table_of(TicketTemplate), table_of(Agent)

_person = select(
    _address.c.id,
    _address.c.external_id,
    _address.c.contact_id,
    _address.c.blocked_at,
    _address.c.start_payload,
    _address.c.kind,
    _address.c.approval,
    _address.c.entrance_id,
    _contact.c.name,
    _contact.c.named,
    _contact.c.username,
    _contact.c.language,
    _contact.c.phone,
    _contact.c.phone_verified,
).join_from(_address, _contact, _contact.c.id == _address.c.contact_id)
KNOWN = _person.where(
    _address.c.connection_id == bindparam("connection_id"), _address.c.external_id == bindparam("chat")
)
KNOWN_GROUP = (
    _person.join(_identity, _identity.c.contact_id == _contact.c.id)
    .where(_identity.c.channel == bindparam("channel"), _identity.c.external_id == bindparam("identity"))
    .where(_address.c.connection_id == bindparam("connection_id"), _address.c.kind == "group")
    .order_by(_address.c.id)
    .limit(1)
)
CONTACT_BY_IDENTITY = select(_identity.c.contact_id).where(
    _identity.c.channel == bindparam("channel"), _identity.c.external_id == bindparam("external_id")
)
REFERENCE = select(_reference.c.id, _reference.c.message_id, _reference.c.part_id).where(
    _reference.c.connection_id == bindparam("connection_id"),
    _reference.c.chat == bindparam("chat"),
    _reference.c.external_id == bindparam("external_id"),
)
QUOTED_TICKET = (
    select(_message.c.ticket_id)
    .join_from(_message, _reference, _reference.c.message_id == _message.c.id)
    .where(
        _reference.c.connection_id == bindparam("connection_id"),
        _reference.c.chat == bindparam("chat"),
        _reference.c.external_id == bindparam("external_id"),
    )
)
CANDIDATES = (
    select(
        _ticket.c.id,
        _ticket.c.stage,
        _ticket.c.shelf,
        _ticket.c.quiet,
        _ticket.c.created_at,
        _ticket.c.done_at,
        _ticket.c.last_reply_at,
    )
    .where(
        _ticket.c.contact_id == bindparam("contact_id"),
        _ticket.c.connection_id == bindparam("connection_id"),
        _ticket.c.parent_id.is_(None),
        _ticket.c.merged_into_id.is_(None),
        # Somebody with two accounts is answered in each where they wrote: a ticket holds one chat.
        or_(_ticket.c.address_id.is_(None), _ticket.c.address_id == bindparam("address_id")),
    )
    .order_by(_ticket.c.id.desc())
    .limit(bindparam("most"))
)
TICKET = select(
    _ticket.c.id,
    _ticket.c.contact_id,
    _ticket.c.stage,
    _ticket.c.shelf,
    _ticket.c.quiet,
    _ticket.c.waiting_for,
    _ticket.c.last_message_at,
    _ticket.c.merged_into_id,
).where(_ticket.c.id == bindparam("id"))
TEMPLATE = (
    select(
        _template.c.id,
        _template.c.name,
        _template.c.subject,
        _template.c.team_id,
        _template.c.assignee_id,
        _template.c.priority,
        _template.c.tags,
        _template.c.stages,
        _agent.c.active,
    )
    .join_from(_template, _agent, _agent.c.id == _template.c.assignee_id, isouter=True)
    .where(_template.c.id == bindparam("id"))
)
CONTACT_TEMPLATE = select(_person_template.c.id, _person_template.c.note, _person_template.c.tags).where(
    _person_template.c.id == bindparam("id")
)
RECEIVED = (
    update(_ticket)
    .where(_ticket.c.id == bindparam("ticket"))
    .values(
        last_message_id=bindparam("message"),
        last_message_at=bindparam("at", type_=Instant()),
        silenced=_ticket.c.silenced + bindparam("silent"),
    )
)
# A ticket that waits already keeps the time it began to wait.
WAITS = (
    update(_ticket)
    .where(_ticket.c.id == bindparam("ticket"))
    .values(waiting_for=bindparam("turn"), waiting_since=bindparam("since", type_=Instant()))
)
ADD_MESSAGE = insert(_message).returning(_message.c.id)
ADD_PART = insert(table_of(Part)).returning(table_of(Part).c.id)
ADD_FILE = insert(table_of(File)).returning(table_of(File).c.id)
ADD_REFERENCE = upsert(_reference).on_conflict_do_nothing()
MARK_ROWS = (
    update(_journal)
    .where(_journal.c.id == bindparam("row"))
    .values(state=bindparam("to"), reason=bindparam("why"), read_at=bindparam("when"))
)
