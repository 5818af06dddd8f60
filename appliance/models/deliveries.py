"""Deliveries: bringing one message to one address, and the pieces that leave one by one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from appliance.models.base import Base, now


class Delivery(Base):
    """purpose: send, edit or delete what was sent before.
    state: queued → sending → sent | failed | uncertain | blocked | cancelled.
    Deliveries of one address leave in the order of their ids; `not_before` is the undo window."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index("ix_delivery_address", "address_id", "state", "id"),
        Index("ix_delivery_due", "state", "next_try_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), index=True)
    address_id: Mapped[int] = mapped_column(ForeignKey("address.id", ondelete="CASCADE"))
    connection_id: Mapped[int] = mapped_column(ForeignKey("connection.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(8), default="send", server_default="send")
    state: Mapped[str] = mapped_column(String(10), default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]
    next_try_at: Mapped[datetime | None]
    error_code: Mapped[str] = mapped_column(String(64), default="")
    error_params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    lease_owner: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]


class DeliveryPiece(Base):
    """state: waiting → sending → sent | uncertain | failed. Marked before and after its send."""

    __tablename__ = "delivery_piece"
    __table_args__ = (UniqueConstraint("delivery_id", "position"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("delivery.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    parts: Mapped[list[Any]] = mapped_column(default=list)
    files: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    started_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
