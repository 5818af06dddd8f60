"""A ticket's conversation: its newest messages, older ones, what came since, one of them; with the lines between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Message, Ticket
from appliance.services import bubbles, drafts, reading, ticket_view, timeline
from appliance.services.bubbles import MessageView, VersionView
from appliance.services.drafts import SavedDraft
from appliance.services.ticket_view import Card, TicketView
from appliance.services.timeline import EventView
from appliance.services.visibility import visible_to
from appliance.values import Actor

PAGE = 50
CATCH_UP = 200
Item = MessageView | EventView


class ConversationError(Exception):
    """code: not_found (or not for this actor)."""

    def __init__(self, code: str = "not_found") -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Stretch:
    """Messages and lines in order. `earlier` is the message just before them, for grouping; `has_older` tells
    whether there is more above."""

    items: tuple[Item, ...]
    has_older: bool = False
    earlier: MessageView | None = None


@dataclass(frozen=True)
class Conversation:
    """A ticket as its page opens. `read_to` is the last message this agent had seen."""

    ticket: TicketView
    card: Card
    stretch: Stretch
    read_to: int
    drafts: Mapping[str, SavedDraft]


def open_ticket(ticket_id: int, by: Actor) -> Conversation:
    """Raises ConversationError."""
    with db.session() as session:
        ticket = ticket_view.find(session, ticket_id, by)
        if ticket is None:
            raise ConversationError
        return Conversation(
            ticket=ticket,
            card=ticket_view.card(session, ticket, by),
            stretch=_newest(session, ticket_id, by, before=None),
            read_to=reading.position(session, by, ticket_id),
            drafts=drafts.of_ticket(session, ticket_id, by),
        )


def ticket_with_card(ticket_id: int, by: Actor) -> tuple[TicketView, Card]:
    """Raises ConversationError."""
    with db.session() as session:
        ticket = ticket_view.find(session, ticket_id, by)
        if ticket is None:
            raise ConversationError
        return ticket, ticket_view.card(session, ticket, by)


def older(ticket_id: int, before: int, by: Actor) -> Stretch:
    """The messages above one that is shown."""
    with db.session() as session:
        _check(session, ticket_id, by)
        return _newest(session, ticket_id, by, before)


def newer(ticket_id: int, after: int, after_event: int, by: Actor) -> Stretch:
    """What came since the last message and the last line that are shown."""
    with db.session() as session:
        _check(session, ticket_id, by)
        found = list(session.scalars(_of(ticket_id).where(Message.id > after).order_by(Message.id).limit(CATCH_UP)))
        last = session.scalar(_of(ticket_id).where(Message.id <= after).order_by(Message.id.desc()).limit(1))
        views = bubbles.load(session, [*([last] if last else []), *found], by)
        earlier = views.pop(0) if last else None
        lines = timeline.after(session, ticket_id, after_event)
    return Stretch(_merge(views, lines), earlier=earlier)


def reaching(ticket_id: int, message_id: int, before: int, by: Actor) -> Stretch:
    """Everything from a message (which a quote points at) up to the oldest one shown."""
    with db.session() as session:
        _check(session, ticket_id, by)
        query = _of(ticket_id).where(Message.id >= message_id, Message.id < before)
        found = list(session.scalars(query.order_by(Message.id.desc()).limit(CATCH_UP)))[::-1]
        return _stretch(session, ticket_id, by, found, until=_stored_at(session, before))


def one(message_id: int, by: Actor) -> tuple[MessageView, MessageView | None]:
    """A single message and the one before it. Raises ConversationError."""
    with db.session() as session:
        message = session.get(Message, message_id)
        if message is None or message.ticket_id is None:
            raise ConversationError
        _check(session, message.ticket_id, by)
        query = _of(message.ticket_id).where(Message.id < message_id).order_by(Message.id.desc()).limit(1)
        before = session.scalar(query)
        views = bubbles.load(session, [*([before] if before else []), message], by)
        return views[-1], (views[0] if before else None)


def versions(message_id: int, by: Actor) -> list[VersionView]:
    """What a message said before its edits. Raises ConversationError."""
    with db.session() as session:
        message = session.get(Message, message_id)
        if message is None or message.ticket_id is None:
            raise ConversationError
        _check(session, message.ticket_id, by)
        return bubbles.versions(session, message_id)


def _newest(session: Session, ticket_id: int, by: Actor, before: int | None) -> Stretch:
    query = _of(ticket_id)
    if before is not None:
        query = query.where(Message.id < before)
    found = list(session.scalars(query.order_by(Message.id.desc()).limit(PAGE + 1)))[::-1]
    until = _stored_at(session, before) if before is not None else None
    return _stretch(session, ticket_id, by, found[-PAGE:], until, has_older=len(found) > PAGE)


def _stretch(
    session: Session,
    ticket_id: int,
    by: Actor,
    messages: Sequence[Message],
    until: datetime | None,
    has_older: bool | None = None,
) -> Stretch:
    earlier = None
    if messages:
        query = _of(ticket_id).where(Message.id < messages[0].id).order_by(Message.id.desc()).limit(1)
        earlier = session.scalar(query)
    more = earlier is not None if has_older is None else has_older
    views = bubbles.load(session, [*([earlier] if earlier else []), *messages], by)
    first = views.pop(0) if earlier else None
    since = messages[0].stored_at if messages and more else None
    return Stretch(_merge(views, timeline.between(session, ticket_id, since, until)), more, first)


def _merge(messages: Sequence[MessageView], lines: Sequence[EventView]) -> tuple[Item, ...]:
    """By the time they were stored; what made a message possible stands before it."""

    def place(item: Item) -> tuple[datetime, int, int]:
        if isinstance(item, MessageView):
            return (item.stored_at, 1, item.id)
        return (item.at, 0, item.id)

    return tuple(sorted([*messages, *lines], key=place))


def _of(ticket_id: int) -> Select[Message]:
    return select(Message).where(Message.ticket_id == ticket_id)


def _stored_at(session: Session, message_id: int) -> datetime | None:
    return session.scalar(select(Message.stored_at).where(Message.id == message_id))


def _check(session: Session, ticket_id: int, by: Actor) -> None:
    if session.scalar(select(Ticket.id).where(Ticket.id == ticket_id, visible_to(by))) is None:
        raise ConversationError
