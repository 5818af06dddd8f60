"""Saved lists of tickets, and work done on all of a list at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from appliance.models.base import Base, now


class SavedView(Base):
    """A list an agent has named. `shared`: everybody has it in the navigation. `filters` as in services.filters. A
    deleted one can be brought back for a while."""

    __tablename__ = "saved_view"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"), index=True)
    shared: Mapped[bool] = mapped_column(default=False, server_default=false())
    filters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sort: Mapped[str] = mapped_column(String(24), default="")
    position: Mapped[int] = mapped_column(default=0)
    counted: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    deleted_at: Mapped[datetime | None]


class BulkJob(Base):
    """One thing done to many tickets. state queued|running|done|undoing|undone. `total` tickets were chosen."""

    __tablename__ = "bulk_job"
    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id", ondelete="SET NULL"), index=True)
    action: Mapped[str] = mapped_column(String(24))
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(String(8), default="queued", index=True)
    total: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]


class BulkItem(Base):
    """One ticket of a job. state waiting|done|skipped|undone. `before`: the fields to put back; `reason`: why it was
    skipped, a TicketError's code."""

    __tablename__ = "bulk_item"
    __table_args__ = (Index("ix_bulk_item_state", "job_id", "state"),)
    job_id: Mapped[int] = mapped_column(ForeignKey("bulk_job.id", ondelete="CASCADE"), primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True, index=True)
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str] = mapped_column(String(24), default="")
