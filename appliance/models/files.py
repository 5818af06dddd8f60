"""Files as received or attached, and the renditions made of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from appliance.models.base import Base, now


class File(Base):
    """state: waiting → fetching → ready | failed | too_large (attached files are born ready); on_click waits until
    somebody asks for it (metered line). `thumbnail_id`: the small picture the messenger made of it, a file of its own.
    making: '' → quick → slow → '' | failed. Bytes lie under their SHA-256; names and MIME are hearsay.
    `wanted_at`: since when somebody waits for its renditions; none while only the house wants them made anew.
    `dropped_at`: a keep-rule has let the original's bytes go; what was made of it stays."""

    __tablename__ = "file"
    __table_args__ = (
        Index("ix_file_state", "state", "next_try_at"),
        Index("ix_file_making", "making", "wanted_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(255), default="")
    mime: Mapped[str] = mapped_column(String(120), default="")
    size: Mapped[int | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    duration: Mapped[float | None]
    sha256: Mapped[str] = mapped_column(String(64), default="", index=True)
    connection_id: Mapped[int | None] = mapped_column(ForeignKey("connection.id", ondelete="SET NULL"))
    remote_id: Mapped[str] = mapped_column(String(255), default="")
    remote_unique_id: Mapped[str] = mapped_column(String(255), default="")
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    error_code: Mapped[str] = mapped_column(String(64), default="")
    making: Mapped[str] = mapped_column(String(8), default="")
    making_attempts: Mapped[int] = mapped_column(default=0)
    progress: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str] = mapped_column(String(64), default="")
    thumbnail_id: Mapped[int | None] = mapped_column(ForeignKey("file.id", ondelete="SET NULL"), index=True)
    lease_owner: Mapped[str] = mapped_column(String(120), default="")
    dropped_at: Mapped[datetime | None]
    wanted_at: Mapped[datetime | None]
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)


class Rendition(Base):
    """kind: playable, poster, thumbnail, waveform, outgoing, text, and page-1, page-2, … of a document. A row exists
    only when its bytes do."""

    __tablename__ = "rendition"
    __table_args__ = (UniqueConstraint("file_id", "kind"), Index("ix_rendition_sha256", "sha256"))
    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    sha256: Mapped[str] = mapped_column(String(64), default="")
    mime: Mapped[str] = mapped_column(String(120))
    size: Mapped[int] = mapped_column(default=0)
    width: Mapped[int | None]
    height: Mapped[int | None]
    duration: Mapped[float | None]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[datetime] = mapped_column(default=now)


class RemoteCopy(Base):
    """A stored file that a connection's messenger already holds: sent again by its id."""

    __tablename__ = "remote_copy"
    __table_args__ = (UniqueConstraint("file_id", "connection_id", "kind"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"))
    connection_id: Mapped[int] = mapped_column(ForeignKey("connection.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    remote_id: Mapped[str] = mapped_column(String(255))


class FileHeard(Base):
    """One of the staff has listened to a voice or sound."""

    __tablename__ = "file_heard"
    __table_args__ = (UniqueConstraint("file_id", "agent_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"))
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(default=now)
