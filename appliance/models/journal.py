"""The update journal: what a messenger sent, untouched, committed before it is acknowledged."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from appliance.models.base import Base, now


class InboundUpdate(Base):
    """state: new → read | ignored | failed; held waits for the owner's yes to its group.
    `content_hash` tells a repeat from a reused external id."""

    __tablename__ = "inbound_update"
    __table_args__ = (
        UniqueConstraint("connection_id", "external_id", "content_hash"),
        Index(
            "ix_inbound_update_new",
            "id",
            sqlite_where=text("state = 'new'"),
            postgresql_where=text("state = 'new'"),
        ),
        Index("ix_inbound_update_state", "state", "received_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    connection_id: Mapped[int] = mapped_column(ForeignKey("connection.id", ondelete="CASCADE"))
    external_id: Mapped[str] = mapped_column(String(64), default="")
    content_hash: Mapped[str] = mapped_column(String(64))
    chat_key: Mapped[str] = mapped_column(String(160), default="")
    raw: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(8), default="new")
    reason: Mapped[str] = mapped_column(String(300), default="")
    received_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]
