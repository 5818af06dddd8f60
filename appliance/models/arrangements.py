"""How tickets belong together, and what was moved between them, so that it can be moved back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from appliance.models.base import Base, now


class TicketLink(Base):
    """Two tickets that have to do with each other; the lower number stands first."""

    __tablename__ = "ticket_link"
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True, index=True)
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=now)


class Arrangement(Base):
    """kind split|move|merge (of tickets) or contacts (two contacts became one). `from_id` and `into_id` are tickets,
    for `contacts` contacts; no foreign keys, as in the feed. `moved`: ids by table, {"message": [7, 8]}. `before`: the
    fields to put back."""

    __tablename__ = "arrangement"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    from_id: Mapped[int] = mapped_column(index=True)
    into_id: Mapped[int] = mapped_column(index=True)
    moved: Mapped[dict[str, Any]] = mapped_column(default=dict)
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=now)
    undone_at: Mapped[datetime | None]
