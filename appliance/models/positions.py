"""Live locations: who lets us see where they are, and every place they were seen at."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from appliance.models.base import Base


class LiveShare(Base):
    """One live location, from its first fix to its end. `until`: when the messenger stops by itself, if it said so;
    `ended_at`: when it was stopped. `heard_at` is the newest fix's time. Fixes up to `thinned_until` are thinned."""

    __tablename__ = "live_share"
    __table_args__ = (Index("ix_live_share_heard_at", "heard_at"),)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("part.id", ondelete="CASCADE"))
    started_at: Mapped[datetime]
    until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    heard_at: Mapped[datetime]
    thinned_until: Mapped[datetime | None]


class LiveFix(Base):
    """One update of a live location: WGS 84 degrees, metres, degrees clockwise from north."""

    __tablename__ = "live_fix"
    __table_args__ = (Index("ix_live_fix_message", "message_id", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("live_share.message_id", ondelete="CASCADE"))
    at: Mapped[datetime]
    latitude: Mapped[float]
    longitude: Mapped[float]
    accuracy: Mapped[float | None]
    heading: Mapped[float | None]
