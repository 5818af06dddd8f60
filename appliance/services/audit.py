"""Who did what: the feed's events of staff, newest first, for the owner's journal page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Agent, Event
from appliance.values import Actor, Json

PAGE = 100
# Kinds by what they are about; the page filters by these.
SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "staff": ("agent_changed", "team_changed"),
    "settings": (
        "setting_changed",
        "connection_changed",
        "template_changed",
        "field_changed",
        "tag_changed",
        "saved_reply_changed",
        "view_changed",
    ),
    "tickets": (
        "ticket_changed",
        "ticket_created",
        "tickets_arranged",
        "subtask_done",
        "ticket_deleted",
        "tickets_exported",
    ),
    "contacts": (
        "contact_changed",
        "contact_erased",
        "contact_exported",
        "contacts_joined",
        "organisation_changed",
    ),
    "messages": ("message_sent", "message_changed", "message_edited", "delivery_decided"),
    "files": ("originals_let_go", "file_copied"),
}
# No deeds: what somebody has looked at, and what another line tells already.
UNTOLD = ("notices_read", "subtask_changed")


@dataclass(frozen=True)
class AuditLine:
    """`names`: the agents that the event speaks of, by id."""

    id: int
    at: datetime
    kind: str
    actor_id: int | None
    actor: str
    ticket_id: int | None
    message_id: int | None
    before: Json
    after: Json
    names: Mapping[int, str]


@dataclass(frozen=True)
class AuditPage:
    """`more`: the id to go on below, None at the end."""

    lines: tuple[AuditLine, ...]
    more: int | None


def find(by: Actor, subject: str = "", agent_id: int | None = None, before: int | None = None) -> AuditPage:
    """Events staff have caused; nothing for whoever is no owner."""
    if by.role != "owner" and by.kind != "system":
        return AuditPage((), None)
    query = select(Event).where(Event.actor_kind == "agent", Event.kind.not_in(UNTOLD))
    if subject in SUBJECTS:
        query = query.where(Event.kind.in_(SUBJECTS[subject]))
    if agent_id is not None:
        query = query.where(Event.actor_id == agent_id)
    if before is not None:
        query = query.where(Event.id < before)
    with db.session() as session:
        found = list(session.scalars(query.order_by(Event.id.desc()).limit(PAGE + 1)))
        lines = _lines(session, found[:PAGE])
    return AuditPage(lines, found[PAGE - 1].id if len(found) > PAGE else None)


def _lines(session: Session, events: Sequence[Event]) -> tuple[AuditLine, ...]:
    names = {row.id: row.name for row in session.execute(select(Agent.id, Agent.name))}
    return tuple(
        AuditLine(
            id=event.id,
            at=event.at,
            kind=event.kind,
            actor_id=event.actor_id,
            actor=names.get(event.actor_id or 0, ""),
            ticket_id=event.ticket_id,
            message_id=event.message_id,
            before=event.before,
            after=event.after,
            names=names,
        )
        for event in events
    )
