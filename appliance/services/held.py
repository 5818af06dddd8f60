"""Journal rows of a group that waits for the owner's yes: not read, not lost, never pruned."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import Session

from appliance.models import InboundUpdate

STATE = "held"
# The reasons of held rows: messages are counted, other news of the group wait silently with them.
MESSAGE = "a message of a group that is not allowed yet"
NEWS = "news of a group that is not allowed yet"
REFUSED = "the group was refused"


def hold(session: Session, row_id: int, chat: str, reason: str) -> None:
    """At once, so that a yes or a move that stands next in the same run finds it; and under its chat, whatever key
    it came with."""
    values = {"state": STATE, "reason": reason, "chat_key": chat[:160]}
    session.execute(update(InboundUpdate).where(InboundUpdate.id == row_id).values(**values))


def release(session: Session, connection_id: int, chat: str) -> None:
    """In line again, each at its old place."""
    session.execute(update(InboundUpdate).where(_held(connection_id, chat)).values(state="new", reason=""))


def drop(session: Session, connection_id: int, chat: str) -> None:
    session.execute(update(InboundUpdate).where(_held(connection_id, chat)).values(state="ignored", reason=REFUSED))


def rename(session: Session, connection_id: int, chat: str, new_chat: str) -> None:
    """The chat has moved, and what it said before goes with it."""
    session.execute(update(InboundUpdate).where(_held(connection_id, chat)).values(chat_key=new_chat[:160]))


def count(session: Session) -> dict[tuple[int, str], int]:
    """Messages that wait, by connection and chat."""
    query = select(InboundUpdate.connection_id, InboundUpdate.chat_key, func.count().label("number")).where(
        InboundUpdate.state == STATE, InboundUpdate.reason == MESSAGE
    )
    rows = session.execute(query.group_by(InboundUpdate.connection_id, InboundUpdate.chat_key))
    return {(row.connection_id, row.chat_key): row.number for row in rows}


def stands_before(session: Session, connection_id: int, chat: str, row_id: int) -> bool:
    """Whether an earlier row of the chat is in line: one that was released after this one had been picked."""
    query = select(InboundUpdate.id).where(
        InboundUpdate.state == "new",
        InboundUpdate.id < row_id,
        InboundUpdate.connection_id == connection_id,
        InboundUpdate.chat_key == chat[:160],
    )
    return session.scalar(query.limit(1)) is not None


def _held(connection_id: int, chat: str) -> ColumnElement[bool]:
    return and_(
        InboundUpdate.state == STATE,
        InboundUpdate.connection_id == connection_id,
        InboundUpdate.chat_key == chat[:160],
    )
