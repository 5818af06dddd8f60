"""Saved replies: texts with variables and gaps, with their files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from appliance.models.base import Base, now


class SavedReply(Base):
    """`agent_id` None: everybody's. `texts` by language, {"en": …, "ru": …}; the customer's is taken, else what there
    is. `words` is what the search looks through: name, tags and texts, normalised."""

    __tablename__ = "saved_reply"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    tags: Mapped[list[Any]] = mapped_column(default=list)
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(default="")
    used: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]
    changed_at: Mapped[datetime] = mapped_column(default=now)
    deleted_at: Mapped[datetime | None]


class SavedReplyFile(Base):
    """A file that goes along; `kind` is the part it is sent as."""

    __tablename__ = "saved_reply_file"
    __table_args__ = (Index("ix_saved_reply_file_reply", "reply_id", "position"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("saved_reply.id", ondelete="CASCADE"))
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16), default="document")
    position: Mapped[int] = mapped_column(default=0)
