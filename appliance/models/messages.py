"""Messages, their parts, every external number that points at them, versions and reactions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from appliance.models.base import Base, now


class Message(Base):
    """kind: incoming, reply, note, auto, copy. `text` is the plain text of all parts, for lists and search.
    `key` makes automatic messages happen once. `album` joins what the messenger split. A greeting has no ticket
    until the contact's first one takes it in; a "copy" (a file sent to one of the staff) never has.
    `options`: how it was to be sent, {buttons, ask, preview, signature}: see values.outgoing.Manner.
    `deleted_at`: taken away at the customer's end; staff still see it."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_ticket", "ticket_id", "id"),
        Index("ix_message_album", "address_id", "album"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"))
    address_id: Mapped[int | None] = mapped_column(ForeignKey("address.id"))
    kind: Mapped[str] = mapped_column(String(10))
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id", ondelete="SET NULL"))
    author_external_id: Mapped[str] = mapped_column(String(128), default="")
    author_name: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=now)
    stored_at: Mapped[datetime] = mapped_column(default=now)
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    options: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=sql("'{}'"))
    reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("message.id", ondelete="SET NULL"))
    quote: Mapped[str] = mapped_column(default="")
    forwarded_from: Mapped[str] = mapped_column(String(200), default="")
    album: Mapped[str] = mapped_column(String(64), default="")
    journal_id: Mapped[int | None] = mapped_column(index=True)
    key: Mapped[str | None] = mapped_column(String(128), unique=True)


class Part(Base):
    """A piece of a message. `entities` are [{kind, offset, length, url}] over `text`, in code points."""

    __tablename__ = "part"
    __table_args__ = (UniqueConstraint("message_id", "position"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(default="")
    entities: Mapped[list[Any]] = mapped_column(default=list)
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), index=True)


class MessageRef(Base):
    """(connection, chat, external message id) → message, part. Edits, replies and reactions point at any of them."""

    __tablename__ = "message_ref"
    __table_args__ = (UniqueConstraint("connection_id", "chat", "external_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    connection_id: Mapped[int] = mapped_column(ForeignKey("connection.id", ondelete="CASCADE"))
    chat: Mapped[str] = mapped_column(String(128))
    external_id: Mapped[str] = mapped_column(String(128))
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), index=True)
    part_id: Mapped[int | None] = mapped_column(ForeignKey("part.id", ondelete="SET NULL"), index=True)


class MessageVersion(Base):
    """What a message said before an edit that changed something visible."""

    __tablename__ = "message_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    parts: Mapped[list[Any]] = mapped_column(default=list)
    replaced_at: Mapped[datetime] = mapped_column(default=now)


class Reaction(Base):
    """The reactions one person has on one message now."""

    __tablename__ = "reaction"
    __table_args__ = (UniqueConstraint("message_id", "author"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"))
    author: Mapped[str] = mapped_column(String(128))
    author_name: Mapped[str] = mapped_column(String(200), default="")
    emojis: Mapped[list[Any]] = mapped_column(default=list)
    at: Mapped[datetime] = mapped_column(default=now)
