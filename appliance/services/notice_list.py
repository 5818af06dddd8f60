"""An agent's notices as the bell shows them: newest first, those of one ticket together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Contact, Message, Notice, Ticket, now
from appliance.services import noticing
from appliance.services.visibility import visible_to
from appliance.values import Actor

SHOWN = 200
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class NoticeView:
    """The newest notice of one ticket. `count` of them are unread; `unread` whether this one is. `text` is the
    message's, `sounds` the kinds of all unread ones."""

    id: int
    kind: str
    ticket_id: int
    message_id: int | None
    contact: str
    subject: str
    text: str
    at: datetime
    unread: bool
    count: int


def find(by: Actor, after: int = 0) -> list[NoticeView]:
    """What is younger than a notice, as far as the agent may still see it."""
    query = (
        select(Notice, Contact.name, Ticket.subject, Message.text)
        .join(Ticket, Ticket.id == Notice.ticket_id)
        .join(Contact, Contact.id == Ticket.contact_id)
        .join(Message, Message.id == Notice.message_id, isouter=True)
        .where(Notice.agent_id == by.id, Notice.id > after, visible_to(by))
        .order_by(Notice.id.desc())
        .limit(SHOWN)
    )
    with db.session() as session:
        return _grouped(session.execute(query).all())


def count(by: Actor) -> int:
    """Tickets with unread notices, as far as the agent may still see them."""
    query = (
        select(func.count(func.distinct(Notice.ticket_id)))
        .join(Ticket, Ticket.id == Notice.ticket_id)
        .where(Notice.agent_id == by.id, Notice.read_at.is_(None), visible_to(by))
    )
    with db.session() as session:
        return session.scalar(query) or 0


def last_id(by: Actor) -> int:
    """The newest notice, 0 when there is none: a page that opens is told only of later ones."""
    with db.session() as session:
        return session.scalar(select(func.max(Notice.id)).where(Notice.agent_id == by.id)) or 0


def seen(ticket_id: int, by: Actor) -> None:
    """The agent has the ticket before them: what was told of it is settled, in all their tabs."""
    waiting = select(Notice.id).where(Notice.agent_id == by.id, Notice.ticket_id == ticket_id, Notice.read_at.is_(None))
    with db.session() as session:
        if session.scalar(waiting.limit(1)) is None:
            return
    with db.write() as session:
        if noticing.clear(session, ticket_id, by.id):
            say_read(session, by)


def read_all(by: Actor) -> None:
    """Everything has been seen."""
    with db.write() as session:
        session.execute(update(Notice).where(Notice.agent_id == by.id, Notice.read_at.is_(None)).values(read_at=now()))
        say_read(session, by)


def say_read(session: Session, by: Actor) -> None:
    """The other tabs and browsers of this agent clear theirs."""
    feed.append(session, "notices_read", by=by)


def prune() -> None:
    """Old ones go; what they told of stays."""
    with db.write() as session:
        session.execute(delete(Notice).where(Notice.at < now() - KEPT))


def _grouped(rows: Sequence[Any]) -> list[NoticeView]:
    made: dict[int, NoticeView] = {}
    for row in rows:
        notice: Notice = row[0]
        contact, subject, text = row[1], row[2], row[3]
        if notice.ticket_id is None:
            continue
        known, unread = made.get(notice.ticket_id), notice.read_at is None
        if known is not None:
            made[notice.ticket_id] = NoticeView(**{**vars(known), "count": known.count + unread})
            continue
        made[notice.ticket_id] = NoticeView(
            id=notice.id,
            kind=notice.kind,
            ticket_id=notice.ticket_id,
            message_id=notice.message_id,
            contact=contact,
            subject=subject,
            text=(text or "")[:200],
            at=notice.at,
            unread=unread,
            count=int(unread),
        )
    return list(made.values())
