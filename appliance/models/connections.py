"""Connections: configured accounts of channels, with their templates, thread policy and health."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from appliance.models.base import Base, now


class Connection(Base):
    """`settings` are the form's open fields, `secrets` its secret ones, encrypted. `position` is the channel
    service's own mark (Telegram: the offset), committed together with the journal rows it covers. `signature`: replies
    end with the agent's first name. `privacy_notice`: a text for each language, said with the greeting."""

    __tablename__ = "connection"
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(120))
    enabled: Mapped[bool] = mapped_column(default=True)
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    secrets: Mapped[str] = mapped_column(default="")
    account: Mapped[dict[str, Any]] = mapped_column(default=dict)
    verified_at: Mapped[datetime | None]
    contact_word: Mapped[str] = mapped_column(String(16), default="customer")
    thread_policy: Mapped[str] = mapped_column(String(16), default="new_after_done")
    reopen_hours: Mapped[int] = mapped_column(default=24)
    thanks_reopen: Mapped[bool] = mapped_column(default=False)
    signature: Mapped[bool] = mapped_column(default=False, server_default=false())
    privacy_notice: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    template_id: Mapped[int | None] = mapped_column(ForeignKey("ticket_template.id", ondelete="SET NULL"))
    contact_template_id: Mapped[int | None] = mapped_column(ForeignKey("contact_template.id", ondelete="SET NULL"))
    position: Mapped[str] = mapped_column(String(255), default="")
    alive_at: Mapped[datetime | None]
    trouble_code: Mapped[str] = mapped_column(String(64), default="")
    trouble_params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    trouble_since: Mapped[datetime | None]
    paused_until: Mapped[datetime | None]
    unsure_since: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class TicketTemplate(Base):
    """What a new ticket starts with. `subject` is a pattern with {text} and {name}; greeting and
    acknowledgement hold a text for each language, '' = the built-in one, None in `acknowledge` = silent. `stages` are
    names of its own inside open; its fields are in template_field. A retired one is offered no more."""

    __tablename__ = "ticket_template"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(200), default="{text}")
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id", ondelete="SET NULL"))
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id", ondelete="SET NULL"))
    priority: Mapped[int] = mapped_column(default=0)
    tags: Mapped[list[Any]] = mapped_column(default=list)
    stages: Mapped[list[Any]] = mapped_column(default=list)
    greeting: Mapped[dict[str, Any]] = mapped_column(default=dict)
    acknowledgement: Mapped[dict[str, Any]] = mapped_column(default=dict)
    acknowledge: Mapped[bool] = mapped_column(default=True)
    retired_at: Mapped[datetime | None]


class Entrance(Base):
    """A way in: a code in a deep link, on a printed sheet, behind a website button. What the first message brings is
    sorted by it. A retired one still says where people came from."""

    __tablename__ = "entrance"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    connection_id: Mapped[int] = mapped_column(ForeignKey("connection.id", ondelete="CASCADE"), index=True)
    place: Mapped[str] = mapped_column(String(120), default="")
    source: Mapped[str] = mapped_column(String(60), default="")
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id", ondelete="SET NULL"))
    template_id: Mapped[int | None] = mapped_column(ForeignKey("ticket_template.id", ondelete="SET NULL"))
    contact_template_id: Mapped[int | None] = mapped_column(ForeignKey("contact_template.id", ondelete="SET NULL"))
    created_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    retired_at: Mapped[datetime | None]


class Outage(Base):
    """A time in which nothing could be received. What was sent in it and is too old for the messenger is gone."""

    __tablename__ = "outage"
    id: Mapped[int] = mapped_column(primary_key=True)
    connection_id: Mapped[int] = mapped_column(ForeignKey("connection.id", ondelete="CASCADE"), index=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime]
