"""Rows of the lists, loaded for many tickets at once: a handful of queries, however many rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from appliance.models import (
    Address,
    Agent,
    Contact,
    Delivery,
    Draft,
    File,
    Message,
    Organisation,
    Part,
    Tag,
    Team,
    Ticket,
    TicketTag,
)
from appliance.services import presence, reading
from appliance.services.presence import Present
from appliance.values import Actor

PREVIEW_LENGTH = 140
UNDELIVERED = ("failed", "uncertain", "blocked")


@dataclass(frozen=True)
class Preview:
    """The second line. `kind`: draft, incoming, reply, note, auto or ''. `part_kind` names what it shows when it is
    not mere text; `count` how many of them; `trouble` a delivery state that needs a person."""

    kind: str = ""
    text: str = ""
    part_kind: str = "text"
    count: int = 1
    duration: float | None = None
    file_name: str = ""
    mine: bool = False
    author: str = ""
    trouble: str = ""


@dataclass(frozen=True)
class Row:
    """A ticket as a list shows it. `offered`: to its team (or to everybody), and nobody has taken it yet. `presence`:
    the colleagues who look at it or write in it now, those who write first. `parent_id`: it is a subtask of that
    ticket. `priority` as in services.ticket_facts."""

    id: int
    subject: str
    contact_id: int
    contact_name: str
    stage: str
    outcome: str
    shelf: str
    quiet: bool
    silenced: int
    waiting_for: str
    waiting_since: datetime | None
    last_message_at: datetime
    done_at: datetime | None
    snoozed_until: datetime | None
    answered_at: datetime | None
    assignee_id: int | None
    assignee_name: str
    blocked: bool
    group: bool
    unread: int
    preview: Preview
    tags: tuple[str, ...] = ()
    team: str = ""
    offered: bool = False
    presence: tuple[Present, ...] = ()
    company: str = ""
    priority: int = 0
    due_at: datetime | None = None
    created_at: datetime | None = None
    parent_id: int | None = None
    step: str = ""

    @property
    def new(self) -> bool:
        return self.stage == "open" and self.answered_at is None


def load(session: Session, by: Actor, ticket_ids: Sequence[int]) -> list[Row]:
    """Rows in the order of the ids; the caller has checked what the actor may see."""
    if not ticket_ids:
        return []
    query = (
        select(
            Ticket,
            Contact.name.label("contact"),
            Agent.name.label("assignee"),
            Team.name.label("team"),
            Organisation.name.label("company"),
            Address.blocked_at,
            Address.kind,
            Message,
        )
        .join(Contact, Contact.id == Ticket.contact_id)
        .join(Agent, Agent.id == Ticket.assignee_id, isouter=True)
        .join(Team, Team.id == Ticket.team_id, isouter=True)
        .join(Organisation, Organisation.id == Contact.organisation_id, isouter=True)
        .join(Address, Address.id == Ticket.address_id, isouter=True)
        .join(Message, Message.id == Ticket.last_message_id, isouter=True)
        .where(Ticket.id.in_(ticket_ids))
    )
    found = {record.Ticket.id: record for record in session.execute(query)}
    extras = _Extras(session, by, [record.Message.id for record in found.values() if record.Message], ticket_ids)
    return [_row(found[number], extras, by) for number in ticket_ids if number in found]


class _Extras:
    """What stands in other tables, fetched once for all rows."""

    def __init__(self, session: Session, by: Actor, message_ids: Sequence[int], ticket_ids: Sequence[int]) -> None:
        self.parts = _parts(session, message_ids)
        self.trouble = _trouble(session, message_ids)
        self.unread = reading.unread(session, by, ticket_ids)
        self.drafts = _drafts(session, by, ticket_ids)
        self.tags = tags(session, ticket_ids)
        self.presence = presence.of_tickets(session, ticket_ids, by)


def _parts(session: Session, message_ids: Sequence[int]) -> Mapping[int, list[Any]]:
    query = (
        select(Part.message_id, Part.kind, File.duration, File.name)
        .join(File, File.id == Part.file_id, isouter=True)
        .where(Part.message_id.in_(message_ids))
        .order_by(Part.message_id, Part.position)
    )
    grouped: dict[int, list[Any]] = {}
    for record in session.execute(query):
        grouped.setdefault(record.message_id, []).append(record)
    return grouped


def _trouble(session: Session, message_ids: Sequence[int]) -> Mapping[int, str]:
    query = select(Delivery.message_id, Delivery.state).where(
        Delivery.message_id.in_(message_ids), Delivery.state.in_(UNDELIVERED)
    )
    return {record.message_id: record.state for record in session.execute(query)}


def _drafts(session: Session, by: Actor, ticket_ids: Sequence[int]) -> Mapping[int, str]:
    query = (
        select(Draft.ticket_id, func.substr(Draft.text, 1, PREVIEW_LENGTH).label("text"))
        .where(Draft.agent_id == by.id, Draft.ticket_id.in_(ticket_ids), func.trim(Draft.text) != "")
        .order_by(Draft.saved_at)
    )
    return {record.ticket_id: record.text for record in session.execute(query)}


def tags(session: Session, ticket_ids: Sequence[int]) -> Mapping[int, list[str]]:
    """The names of each ticket's tags, in order."""
    query = select(TicketTag.ticket_id, Tag.name).join(Tag, Tag.id == TicketTag.tag_id)
    grouped: dict[int, list[str]] = {}
    for record in session.execute(query.where(TicketTag.ticket_id.in_(ticket_ids)).order_by(Tag.name)):
        grouped.setdefault(record.ticket_id, []).append(record.name)
    return grouped


def _row(record: Any, extras: _Extras, by: Actor) -> Row:
    ticket: Ticket = record.Ticket
    return Row(
        id=ticket.id,
        subject=ticket.subject,
        contact_id=ticket.contact_id,
        contact_name=record.contact,
        stage=ticket.stage,
        outcome=ticket.outcome,
        shelf=ticket.shelf,
        quiet=ticket.quiet,
        silenced=ticket.silenced,
        waiting_for=ticket.waiting_for,
        waiting_since=ticket.waiting_since,
        last_message_at=ticket.last_message_at,
        done_at=ticket.done_at,
        snoozed_until=ticket.snoozed_until,
        answered_at=ticket.answered_at,
        assignee_id=ticket.assignee_id,
        assignee_name=record.assignee or "",
        blocked=record.blocked_at is not None,
        group=record.kind == "group",
        unread=extras.unread.get(ticket.id, 0),
        preview=_preview(ticket.id, record.Message, extras, by),
        tags=tuple(extras.tags.get(ticket.id, ())),
        team=record.team or "",
        offered=ticket.offered_at is not None and ticket.assignee_id is None,
        presence=extras.presence.get(ticket.id, ()),
        company=record.company or "",
        priority=ticket.priority,
        due_at=ticket.due_at,
        created_at=ticket.created_at,
        parent_id=ticket.parent_id,
        step=ticket.step,
    )


def _preview(ticket_id: int, message: Message | None, extras: _Extras, by: Actor) -> Preview:
    draft = extras.drafts.get(ticket_id)
    if draft:
        return Preview("draft", _one_line(draft))
    if message is None:
        return Preview()
    parts = extras.parts.get(message.id, [])
    shown = next((part for part in parts if part.kind != "text"), None)
    return Preview(
        kind=message.kind,
        text=_one_line(message.text),
        part_kind=shown.kind if shown else "text",
        count=sum(1 for part in parts if shown and part.kind == shown.kind) or 1,
        duration=shown.duration if shown else None,
        file_name=(shown.name or "") if shown else "",
        mine=message.agent_id is not None and message.agent_id == by.id,
        author=message.author_name,
        trouble=extras.trouble.get(message.id, ""),
    )


def _one_line(text: str) -> str:
    return " ".join(text[: PREVIEW_LENGTH * 2].split())[:PREVIEW_LENGTH]
