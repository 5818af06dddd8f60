"""Fields a shop adds to its tickets and contacts, and what stands in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from appliance.models.base import Base


class Field(Base):
    """scope ticket|contact. kind text|number|date|choice|money. `choices` are the words of a choice, in order.
    A retired one keeps what stands in it and is offered no more."""

    __tablename__ = "field"
    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(8))
    choices: Mapped[list[Any]] = mapped_column(default=list)
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]


class TemplateField(Base):
    """A ticket template shows this field; `required` ones are asked for before a ticket is done."""

    __tablename__ = "template_field"
    template_id: Mapped[int] = mapped_column(ForeignKey("ticket_template.id", ondelete="CASCADE"), primary_key=True)
    field_id: Mapped[int] = mapped_column(ForeignKey("field.id", ondelete="CASCADE"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)
    required: Mapped[bool] = mapped_column(default=False, server_default=false())


class ContactTemplateField(Base):
    __tablename__ = "contact_template_field"
    template_id: Mapped[int] = mapped_column(ForeignKey("contact_template.id", ondelete="CASCADE"), primary_key=True)
    field_id: Mapped[int] = mapped_column(ForeignKey("field.id", ondelete="CASCADE"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)


class TicketField(Base):
    """`value` as it is kept: text; 12.5; 2026-01-31; a choice's word; 4390.00. `number`: what lists sort and filter
    by, of numbers, money and dates (days since 1970)."""

    __tablename__ = "ticket_field"
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True)
    field_id: Mapped[int] = mapped_column(ForeignKey("field.id", ondelete="CASCADE"), primary_key=True, index=True)
    value: Mapped[str] = mapped_column(String(500))
    number: Mapped[float | None]


class ContactField(Base):
    """As TicketField, of a contact."""

    __tablename__ = "contact_field"
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True)
    field_id: Mapped[int] = mapped_column(ForeignKey("field.id", ondelete="CASCADE"), primary_key=True, index=True)
    value: Mapped[str] = mapped_column(String(500))
    number: Mapped[float | None]
