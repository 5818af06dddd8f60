"""A reply taken back in time takes back what it had done to its ticket: the stage, whose turn it is, who took it.

What was before and after it stands with the message. Only what is still as the reply left it goes back: what somebody
did meanwhile stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.models import Message, Ticket
from appliance.services import spans
from appliance.values import Actor

STAGE = ("stage", "outcome", "snoozed_until", "done_at", "done_by_id")
TURN = ("waiting_for", "waiting_since", "answered_at", "last_reply_at")
HANDS = ("assignee_id", "offered_at")
_KEPT = (*STAGE, *TURN, *HANDS)
_MOMENTS = frozenset({"offered_at", "snoozed_until", "done_at", "waiting_since", "answered_at", "last_reply_at"})
_OPTION = "ticket"


def standing(ticket: Ticket) -> dict[str, Any]:
    """How a ticket stands, as JSON."""
    return {name: _written(getattr(ticket, name)) for name in _KEPT}


def remember(message: Message, ticket: Ticket, before: Mapping[str, Any]) -> None:
    """What the message has changed, kept with it in the caller's transaction."""
    after = standing(ticket)
    changed = {name: [before[name], after[name]] for name in _KEPT if before[name] != after[name]}
    message.options = {**message.options, _OPTION: changed}


def changes(message: Message) -> Mapping[str, list[Any]]:
    """What the message has changed: name → before and after."""
    found: Mapping[str, list[Any]] = message.options.get(_OPTION) or {}
    return found


def put_back(session: Session, message: Message, by: Actor) -> None:
    """In the caller's transaction, once the message is known not to leave."""
    ticket = session.get(Ticket, message.ticket_id) if message.ticket_id else None
    if ticket is None:
        return
    changed = changes(message)
    wanted = _unchanged_since(ticket, changed, HANDS) if _is_as_left(ticket, changed, HANDS) else {}
    if _is_as_left(ticket, changed, STAGE):
        wanted |= _unchanged_since(ticket, changed, STAGE)
    spans.change(session, ticket, by, **wanted)
    if _is_last_word(session, message):
        for name, value in _unchanged_since(ticket, changed, TURN).items():
            setattr(ticket, name, value)


def _is_as_left(ticket: Ticket, changed: Mapping[str, Any], names: tuple[str, ...]) -> bool:
    now = standing(ticket)
    return all(now[name] == changed[name][1] for name in names if name in changed)


def _unchanged_since(ticket: Ticket, changed: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    now = standing(ticket)
    return {name: _read(name, changed[name][0]) for name in names if name in changed and now[name] == changed[name][1]}


def _is_last_word(session: Session, message: Message) -> bool:
    later = select(Message.id).where(Message.ticket_id == message.ticket_id, Message.id > message.id)
    return session.scalar(later.where(Message.kind.in_(("incoming", "reply"))).limit(1)) is None


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _read(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name in _MOMENTS and value else value
