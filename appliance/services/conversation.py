"""A ticket's conversation: a contact's one continuous chat, opened where this ticket stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Message
from appliance.services import bubbles, chat_order, chats, drafts, reading, stretches, ticket_view
from appliance.services.bubbles import MessageView, VersionView
from appliance.services.chat_order import END
from appliance.services.chats import Chat
from appliance.services.drafts import SavedDraft
from appliance.services.stretches import Stretch, TicketMark, Window
from appliance.services.ticket_view import Card, TicketView
from appliance.values import Actor

PAGE = 50
# What is shown below the open ticket's last message, of the tickets that came after it.
BELOW = 20
CATCH_UP = 200


class ConversationError(Exception):
    """code: not_found (or not for this actor)."""

    def __init__(self, code: str = "not_found") -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Conversation:
    """A ticket as its page opens. `read_to` is the last message this agent had seen; `tickets` are those of the chat
    whose news belong here."""

    ticket: TicketView
    card: Card
    stretch: Stretch
    read_to: int
    drafts: Mapping[str, SavedDraft]
    tickets: tuple[int, ...] = ()


def open_ticket(ticket_id: int, by: Actor) -> Conversation:
    """Raises ConversationError."""
    with db.session() as session:
        ticket = ticket_view.find(session, ticket_id, by)
        chat = chats.find(session, ticket_id, by)
        if ticket is None or chat is None:
            raise ConversationError
        read_to = reading.seen_to(session, by, ticket_id)
        return Conversation(
            ticket=ticket,
            card=ticket_view.card(session, ticket, by),
            stretch=stretches.load(session, chat, _at_the_ticket(session, chat, read_to), by),
            read_to=read_to,
            drafts=drafts.of_ticket(session, ticket_id, by),
            tickets=chat.visible,
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
        chat = _chat(session, ticket_id, by)
        found = chat_order.before(session, chat.visible, before, PAGE + 1)
        return stretches.load(session, chat, _cut(found, [before], PAGE, 0), by)


def later(ticket_id: int, after: int, by: Actor) -> Stretch:
    """The messages below one that is shown."""
    with db.session() as session:
        chat = _chat(session, ticket_id, by)
        found = chat_order.after(session, chat.visible, after, PAGE + 1)
        return stretches.load(session, chat, _cut([after], found, 0, PAGE), by)


def around(ticket_id: int, message_id: int, by: Actor) -> Stretch:
    """A message (which a quote or a link points at) and what stands around it."""
    with db.session() as session:
        message = session.get(Message, message_id)
        chat = _chat(session, ticket_id, by)
        if message is None or message.ticket_id not in chat.visible:
            raise ConversationError
        return stretches.load(session, chat, _around(session, chat, message_id), by)


def newest(ticket_id: int, by: Actor) -> Stretch:
    """The end of the chat."""
    with db.session() as session:
        chat = _chat(session, ticket_id, by)
        return stretches.load(session, chat, _around(session, chat, END), by)


def since_moment(ticket_id: int, moment: datetime, by: Actor) -> tuple[Stretch, int | None]:
    """The first message written at a moment or later (else the last one of all), with what stands around it, and its
    number; None in a chat without messages."""
    with db.session() as session:
        chat = _chat(session, ticket_id, by)
        found = chat_order.first_since(session, chat.visible, moment, PAGE)
        return stretches.load(session, chat, _around(session, chat, found or END), by), found


def newer(ticket_id: int, after: int, after_event: int, by: Actor) -> Stretch:
    """What came since the last message and the last line that are shown."""
    with db.session() as session:
        chat = _chat(session, ticket_id, by)
        found = chat_order.after(session, chat.visible, after, CATCH_UP + 1)
        window = Window(found[:CATCH_UP], after or None, found[CATCH_UP] if len(found) > CATCH_UP else None)
        return stretches.follow(session, chat, window, after_event, by)


def one(message_id: int, by: Actor) -> tuple[MessageView, MessageView | None]:
    """A single message and the one before it. Raises ConversationError."""
    with db.session() as session:
        message = session.get(Message, message_id)
        if message is None or message.ticket_id is None:
            raise ConversationError
        chat = _chat(session, message.ticket_id, by)
        ids = chat_order.before(session, chat.visible, message_id + 1, 2)
        views = stretches.messages(session, chat, ids, by)
        return views[-1], (views[0] if len(views) > 1 else None)


def mark(ticket_id: int, by: Actor) -> TicketMark:
    """What the line before a ticket's messages says. Raises ConversationError."""
    with db.session() as session:
        found = stretches.marks(session, [ticket_id], by).get(ticket_id)
        if found is None:
            raise ConversationError
        return found


def versions(message_id: int, by: Actor) -> list[VersionView]:
    """What a message said before its edits. Raises ConversationError."""
    with db.session() as session:
        message = session.get(Message, message_id)
        if message is None or message.ticket_id is None:
            raise ConversationError
        _chat(session, message.ticket_id, by)
        return bubbles.versions(session, message_id)


def _at_the_ticket(session: Session, chat: Chat, read_to: int) -> Window:
    """The end of the ticket's own messages, or as far up as nothing of it has been read, and a little of what follows;
    a ticket without any stands at the end of the chat."""
    last = chat_order.newest(session, chat.own)
    if last is None:
        return _around(session, chat, END)
    found = chat_order.before(session, chat.visible, last + 1, CATCH_UP + 1)
    first = chat_order.after(session, chat.own, read_to, 1)
    unread = sum(number >= first[0] for number in found) if first else 0
    below = chat_order.after(session, chat.visible, last, BELOW + 1)
    return _cut(found, below, min(CATCH_UP, max(PAGE, unread + 1)), BELOW)


def _around(session: Session, chat: Chat, number: int) -> Window:
    at_end = number == END
    above = PAGE if at_end else PAGE // 2
    found = chat_order.before(session, chat.visible, number, above + 1)
    below = [] if at_end else chat_order.after(session, chat.visible, number - 1, PAGE + 1)
    return _cut(found, below, above, PAGE)


def _cut(above: list[int], below: list[int], most_above: int, most_below: int) -> Window:
    """The numbers next to the middle; one more on a side tells that there is more."""
    shown = above[len(above) - min(most_above, len(above)) :]
    return Window(
        [*shown, *below[:most_below]],
        above[-most_above - 1] if len(above) > most_above else None,
        below[most_below] if len(below) > most_below else None,
    )


def _chat(session: Session, ticket_id: int, by: Actor) -> Chat:
    found = chats.find(session, ticket_id, by)
    if found is None:
        raise ConversationError
    return found
