"""People outside: contacts, who they are at a channel, and the addresses they are reached at."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, event, false
from sqlalchemy.orm import Mapped, mapped_column

from appliance.models.base import Base, now
from appliance.models.folding import fold


class Organisation(Base):
    """A company several contacts belong to."""

    __tablename__ = "organisation"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    note: Mapped[str] = mapped_column(default="")


class ContactTemplate(Base):
    """What a new contact starts with; its fields are in contact_template_field. A retired one is offered no more."""

    __tablename__ = "contact_template"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    tags: Mapped[list[Any]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(default="")
    retired_at: Mapped[datetime | None]


class Contact(Base):
    """`phone_verified`: the messenger says that the number is the person's own. `named`: staff chose the name, and the
    messenger's word replaces it no more. `barred_at`: we store nothing more of them; `barred_count` messages were
    turned away. Of two that were merged one remains. `words`: what lists look through and sort by, see folding."""

    __tablename__ = "contact"
    __table_args__ = (
        Index("ix_contact_words", "words", "id"),
        Index("ix_contact_barred", "barred_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    named: Mapped[bool] = mapped_column(default=False, server_default=false())
    username: Mapped[str] = mapped_column(String(64), default="")
    phone: Mapped[str] = mapped_column(String(32), default="")
    phone_verified: Mapped[bool] = mapped_column(default=False, server_default=false())
    language: Mapped[str] = mapped_column(String(16), default="")
    note: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"), index=True)
    template_id: Mapped[int | None] = mapped_column(ForeignKey("contact_template.id", ondelete="SET NULL"))
    barred_at: Mapped[datetime | None]
    barred_count: Mapped[int] = mapped_column(default=0, server_default="0")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="SET NULL"), index=True)
    words: Mapped[str] = mapped_column(String(300), default="", server_default="")
    created_at: Mapped[datetime] = mapped_column(default=now)


@event.listens_for(Contact, "before_insert")
@event.listens_for(Contact, "before_update")
def _fold_words(_mapper: Any, _connection: Any, contact: Contact) -> None:
    """Here and nowhere else, so that no way of changing a name forgets it."""
    # A new row has its defaults only after this.
    contact.words = fold(contact.name, contact.username or "", contact.phone or "")


class ContactTag(Base):
    __tablename__ = "contact_tag"
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True, index=True)


class Identity(Base):
    """The same person at every connection of a channel is one contact."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("channel", "external_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(40))
    external_id: Mapped[str] = mapped_column(String(128))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), index=True)


class Address(Base):
    """Where a contact is reached. kind 'group' has many voices. `external_id` is opaque and may move.
    approval: '' (may write), 'waiting' for the owner's yes, 'refused': a group's messages wait in the journal.
    `added_by` brought the bot into the group. `entrance_id`: the way in they came by last, remembered for the next
    message."""

    __tablename__ = "address"
    __table_args__ = (UniqueConstraint("connection_id", "external_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    connection_id: Mapped[int] = mapped_column(ForeignKey("connection.id", ondelete="CASCADE"))
    external_id: Mapped[str] = mapped_column(String(128))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16), default="private")
    started_at: Mapped[datetime | None]
    start_payload: Mapped[str] = mapped_column(String(64), default="")
    entrance_id: Mapped[int | None] = mapped_column(ForeignKey("entrance.id", ondelete="SET NULL"))
    approval: Mapped[str] = mapped_column(String(8), default="", server_default="")
    added_by: Mapped[str] = mapped_column(String(200), default="", server_default="")
    blocked_at: Mapped[datetime | None]
    paused_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
