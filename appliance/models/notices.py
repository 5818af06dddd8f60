"""What agents are told, whom a note names, and who looks at or writes in which ticket now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from appliance.models.base import Base, now


class Notice(Base):
    """One thing told to one agent, once for each event. kind new|assigned|offered|customer|mention|subtask|overdue|
    undelivered. `read_at`: seen or dealt with, by whatever way."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("agent_id", "event_id"),
        Index("ix_notice_open", "agent_id", "read_at", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]


class Mention(Base):
    """A note names an agent."""

    __tablename__ = "mention"
    __table_args__ = (Index("ix_mention_agent", "agent_id", "message_id"),)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"), primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime | None]


class Presence(Base):
    """An agent has a ticket open. doing viewing|reply|note (writing one). Not true any more after `until`."""

    __tablename__ = "presence"
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"), primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True, index=True)
    doing: Mapped[str] = mapped_column(String(8), default="viewing")
    changed_at: Mapped[datetime] = mapped_column(default=now, index=True)
    until: Mapped[datetime]
