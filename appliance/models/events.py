"""Events: the append-only timeline, audit and live feed; and how far each consumer has followed it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from appliance.models.base import Base, now


class Event(Base):
    """One thing that happened. No foreign keys: the trail outlives what it speaks of."""

    __tablename__ = "event"
    __table_args__ = (
        # The kind before the number: a ticket has thousands of messages' events, and few that are shown as lines.
        Index("ix_event_ticket", "ticket_id", "kind", "id"),
        Index("ix_event_kind", "kind", "id"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    kind: Mapped[str] = mapped_column(String(40))
    ticket_id: Mapped[int | None]
    message_id: Mapped[int | None]
    actor_kind: Mapped[str] = mapped_column(String(10), default="system")
    actor_id: Mapped[int | None]
    cause_id: Mapped[int | None]
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Cursor(Base):
    """The last event a consumer has dealt with; a kill between commit and call loses nothing."""

    __tablename__ = "cursor"
    consumer: Mapped[str] = mapped_column(String(40), primary_key=True)
    event_id: Mapped[int] = mapped_column(default=0)
