"""The box itself: settings, leases, what went wrong with its plugins."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from appliance.models.base import Base, now


class Setting(Base):
    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(default=now)


class PluginFailure(Base):
    """A plugin failed in a hook: how often, and how it was the last time. Any process writes it, the status page
    shows it."""

    __tablename__ = "plugin_failure"
    plugin: Mapped[str] = mapped_column(String(80), primary_key=True)
    place: Mapped[str] = mapped_column(String(40), primary_key=True)
    reason: Mapped[str] = mapped_column(String(300))
    count: Mapped[int] = mapped_column(default=1)
    last_at: Mapped[datetime] = mapped_column(default=now)


class Lease(Base):
    """Who alone may do something (poll a bot). `owner` is a process instance; a dead owner holds nothing."""

    __tablename__ = "lease"
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    owner: Mapped[str] = mapped_column(String(120))
    taken_at: Mapped[datetime] = mapped_column(default=now)
