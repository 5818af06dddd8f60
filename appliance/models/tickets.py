"""Tickets and what hangs on them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from appliance.models.base import Base, now


class Ticket(Base):
    """A span of the contact's one chat. The id is the number people say.

    stage open|snoozed|done; outcome when done; `step` a template's own name inside open; shelf none|spam|trash;
    `quiet` keeps the person silent. waiting_for us|customer|'' and waiting_since are computed from the last public
    message, never set by hand. `answered_at` is the first staff reply: none yet = new. `offered_at`: offered to the
    team, and nobody has taken it yet. A subtask has a parent, the message it came from, and no address: nothing in it
    can reach the customer. `done_by_id`: the agent who finished it."""

    __tablename__ = "ticket"
    __table_args__ = (
        Index("ix_ticket_list", "shelf", "stage", "waiting_for", "waiting_since"),
        Index("ix_ticket_recent", "shelf", "last_message_at"),
        Index("ix_ticket_stage", "shelf", "stage", "last_message_at"),
        Index("ix_ticket_finished", "shelf", "stage", "done_at"),
        Index("ix_ticket_contact", "contact_id", "connection_id", "id"),
        Index("ix_ticket_assignee", "assignee_id", "shelf", "stage", "last_message_at"),
        Index("ix_ticket_done", "done_at"),
        Index("ix_ticket_created", "created_at"),
        Index("ix_ticket_due", "due_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(200), default="")
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    connection_id: Mapped[int | None] = mapped_column(ForeignKey("connection.id"), index=True)
    address_id: Mapped[int | None] = mapped_column(ForeignKey("address.id"), index=True)
    stage: Mapped[str] = mapped_column(String(16), default="open")
    step: Mapped[str] = mapped_column(String(40), default="")
    outcome: Mapped[str] = mapped_column(String(40), default="")
    shelf: Mapped[str] = mapped_column(String(8), default="none")
    quiet: Mapped[bool] = mapped_column(default=False)
    silenced: Mapped[int] = mapped_column(default=0)
    waiting_for: Mapped[str] = mapped_column(String(8), default="us")
    waiting_since: Mapped[datetime | None]
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id", ondelete="SET NULL"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id", ondelete="SET NULL"), index=True)
    offered_at: Mapped[datetime | None]
    priority: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    snoozed_until: Mapped[datetime | None] = mapped_column(index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), index=True)
    source_message_id: Mapped[int | None]
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), index=True)
    template_id: Mapped[int | None] = mapped_column(ForeignKey("ticket_template.id", ondelete="SET NULL"))
    entrance_id: Mapped[int | None] = mapped_column(ForeignKey("entrance.id", ondelete="SET NULL"))
    started_by: Mapped[str] = mapped_column(String(8), default="contact")
    created_at: Mapped[datetime] = mapped_column(default=now)
    answered_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id", ondelete="SET NULL"))
    last_reply_at: Mapped[datetime | None]
    last_message_at: Mapped[datetime] = mapped_column(default=now)
    last_message_id: Mapped[int | None]


class Tag(Base):
    __tablename__ = "tag"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)


class TicketTag(Base):
    __tablename__ = "ticket_tag"
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True, index=True)


class Follower(Base):
    __tablename__ = "follower"
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"), primary_key=True, index=True)


class TicketRead(Base):
    """How far an agent has read a ticket: the unread count and the line "New messages"."""

    __tablename__ = "ticket_read"
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"), primary_key=True, index=True)
    message_id: Mapped[int]


class Draft(Base):
    """An unsent text, per agent, ticket and mode: a note's text can never follow into a reply."""

    __tablename__ = "draft"
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"), primary_key=True, index=True)
    mode: Mapped[str] = mapped_column(String(8), primary_key=True)
    text: Mapped[str]
    version: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime] = mapped_column(default=now)
