"""What a ticket has beside its messages, for another one it becomes part of: tags, followers, fields, subtasks, links.

Nothing of the other's own is replaced, and what was added is remembered by its ids, so that it can be taken out again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from appliance.models import Follower, Ticket, TicketField, TicketLink, TicketTag
from appliance.services import links


def take_along(session: Session, gone_id: int, kept_id: int) -> dict[str, list[int]]:
    """What was added to the one that remains, by table."""
    return {
        "tag": _tags(session, gone_id, kept_id),
        "follower": _followers(session, gone_id, kept_id),
        "field": _fields(session, gone_id, kept_id),
        "subtask": _subtasks(session, gone_id, kept_id),
        "link": _links(session, gone_id, kept_id),
    }


def give_back(session: Session, gone_id: int, kept_id: int, added: Mapping[str, Sequence[int]]) -> None:
    """Those subtasks that are still there go back; what was only copied goes away."""
    for table, column, name in (
        (TicketTag, TicketTag.tag_id, "tag"),
        (Follower, Follower.agent_id, "follower"),
        (TicketField, TicketField.field_id, "field"),
    ):
        session.execute(delete(table).where(table.ticket_id == kept_id, column.in_(added.get(name, ()))))
    children = update(Ticket).where(Ticket.id.in_(added.get("subtask", ())), Ticket.parent_id == kept_id)
    session.execute(children.values(parent_id=gone_id))
    for other in added.get("link", ()):
        session.execute(delete(TicketLink).where(links.between(kept_id, other)))


def _tags(session: Session, gone_id: int, kept_id: int) -> list[int]:
    has = set(session.scalars(select(TicketTag.tag_id).where(TicketTag.ticket_id == kept_id)))
    brought = session.scalars(select(TicketTag.tag_id).where(TicketTag.ticket_id == gone_id))
    added = [number for number in brought if number not in has]
    session.add_all(TicketTag(ticket_id=kept_id, tag_id=number) for number in added)
    return added


def _followers(session: Session, gone_id: int, kept_id: int) -> list[int]:
    has = set(session.scalars(select(Follower.agent_id).where(Follower.ticket_id == kept_id)))
    brought = session.scalars(select(Follower.agent_id).where(Follower.ticket_id == gone_id))
    added = [number for number in brought if number not in has]
    session.add_all(Follower(ticket_id=kept_id, agent_id=number) for number in added)
    return added


def _fields(session: Session, gone_id: int, kept_id: int) -> list[int]:
    """Only where nothing stands yet."""
    has = set(session.scalars(select(TicketField.field_id).where(TicketField.ticket_id == kept_id)))
    brought = session.scalars(select(TicketField).where(TicketField.ticket_id == gone_id))
    added: list[Any] = [row for row in brought if row.field_id not in has]
    for row in added:
        session.add(TicketField(ticket_id=kept_id, field_id=row.field_id, value=row.value, number=row.number))
    return [row.field_id for row in added]


def _subtasks(session: Session, gone_id: int, kept_id: int) -> list[int]:
    children = list(session.scalars(select(Ticket.id).where(Ticket.parent_id == gone_id)))
    session.execute(update(Ticket).where(Ticket.id.in_(children)).values(parent_id=kept_id))
    return children


def _links(session: Session, gone_id: int, kept_id: int) -> list[int]:
    has = {kept_id, *links.numbers(session, kept_id)}
    added = [number for number in links.numbers(session, gone_id) if number not in has]
    for number in added:
        session.add(links.row(kept_id, number))
    return added
