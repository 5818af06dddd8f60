"""A stretch of a chat as it is read: messages, what happened between them, what is hidden, and whose ticket it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.models import Message, Ticket
from appliance.services import bubbles, hidden_spans, timeline
from appliance.services.bubbles import MessageView
from appliance.services.chat_order import END
from appliance.services.chats import Chat
from appliance.services.timeline import EventView
from appliance.services.visibility import visible_to
from appliance.values import Actor


@dataclass(frozen=True)
class HiddenSpan:
    """Messages this reader may not see. `after` is the shown message before them, 0 = none."""

    count: int
    after: int
    at: datetime


@dataclass(frozen=True)
class TicketMark:
    """What a line between two tickets says of one."""

    id: int
    subject: str
    stage: str
    outcome: str
    shelf: str
    waiting_for: str
    created_at: datetime
    done_at: datetime | None
    previous_id: int | None


Item = MessageView | EventView | HiddenSpan
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Stretch:
    """In order. Messages and events carry the ticket they stand under, and `tickets` knows it. `earlier` is the message
    just before, where the stretch goes on from one that is shown already. `parent`: what this is a subtask of."""

    items: tuple[Item, ...]
    has_older: bool = False
    has_newer: bool = False
    earlier: MessageView | None = None
    tickets: Mapping[int, TicketMark] = field(default_factory=dict)
    parent: TicketMark | None = None

    @property
    def ids(self) -> tuple[int, ...]:
        """The numbers of its messages, rising."""
        return tuple(sorted(item.id for item in self.items if isinstance(item, MessageView)))


@dataclass(frozen=True)
class Window:
    """Numbers of messages to show, oldest first, and of their neighbours above and below, None = there is none."""

    ids: Sequence[int]
    above: int | None = None
    below: int | None = None


def load(session: Session, chat: Chat, window: Window, by: Actor) -> Stretch:
    """Everything of a window, as it stands among its neighbours."""
    views = messages(session, chat, window.ids, by)
    since = views[0].stored_at if views and window.above is not None else None
    until = session.scalar(select(Message.stored_at).where(Message.id == window.below)) if window.below else None
    tickets = {view.ticket_id for view in views} | {chat.shown(chat.ticket_id)}
    lines = _lines(chat, timeline.between(session, _behind(chat, tickets), since, until))
    spans = _spans(session, chat, window, views)
    return _stretch(session, chat, [*views, *lines, *spans], window, by)


def follow(session: Session, chat: Chat, window: Window, after_event: int, by: Actor) -> Stretch:
    """As load(), for what came since: the lines are those younger than an event."""
    known = [window.above] if window.above else []
    views = messages(session, chat, [*known, *window.ids], by)
    earlier = views.pop(0) if known and views else None
    lines = _lines(chat, timeline.after(session, chat.visible, after_event))
    spans = _spans(session, chat, window, views)
    return replace(_stretch(session, chat, [*views, *lines, *spans], window, by), earlier=earlier)


def messages(session: Session, chat: Chat, ids: Sequence[int], by: Actor) -> list[MessageView]:
    """Bubbles, oldest first, under the tickets they stand under."""
    found = list(session.scalars(select(Message).where(Message.id.in_(ids)).order_by(Message.id))) if ids else []
    return [replace(view, ticket_id=chat.shown(view.ticket_id)) for view in bubbles.load(session, found, by)]


def marks(session: Session, ids: Collection[int], by: Actor) -> Mapping[int, TicketMark]:
    """By the tickets' ids; those that are not for this reader are left out."""
    found = session.scalars(select(Ticket).where(Ticket.id.in_(ids), visible_to(by))) if ids else ()
    return {
        row.id: TicketMark(
            row.id,
            row.subject,
            row.stage,
            row.outcome,
            row.shelf,
            row.waiting_for,
            row.created_at,
            row.done_at,
            row.previous_id,
        )
        for row in found
    }


def _stretch(session: Session, chat: Chat, items: list[Item], window: Window, by: Actor) -> Stretch:
    speaking = {item.ticket_id for item in items if not isinstance(item, HiddenSpan)}
    known = marks(session, speaking | ({chat.parent_id} if chat.parent_id else set()), by)
    return Stretch(
        tuple(sorted(items, key=_place)),
        has_older=window.above is not None,
        has_newer=window.below is not None,
        tickets=known,
        parent=known.get(chat.parent_id or 0),
    )


def _lines(chat: Chat, events: Sequence[EventView]) -> list[EventView]:
    return [replace(event, ticket_id=chat.shown(event.ticket_id)) for event in events]


def _behind(chat: Chat, shown: Collection[int]) -> list[int]:
    """The tickets whose messages and events stand under these."""
    return [number for number in chat.visible if chat.shown(number) in shown]


def _spans(session: Session, chat: Chat, window: Window, views: Sequence[MessageView]) -> list[HiddenSpan]:
    """Those above and between the messages; below them only at the very end, for the next page tells of its own."""
    numbers = [window.above or 0, *(view.id for view in views), *(() if window.below else (END,))]
    counts = hidden_spans.count(session, chat.hidden, numbers)
    said_at = {view.id: view.stored_at + timedelta(milliseconds=1) for view in views}
    return [HiddenSpan(number, low, said_at.get(low, _BEGINNING)) for low, number in counts.items()]


def _place(item: Item) -> tuple[datetime, int, int]:
    """By the time it was stored; what made a message possible stands before it."""
    if isinstance(item, MessageView):
        return (item.stored_at, 2, item.id)
    if isinstance(item, HiddenSpan):
        # Right below the message it follows: what happens next belongs to the ticket that goes on.
        return (item.at, 1, item.after)
    return (item.at, 0, item.id)
