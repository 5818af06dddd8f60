"""The running box as plugins may ask it; implements box.Box."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

import appliance
from appliance import db
from appliance.config import Config
from appliance.models import Address, Agent, Ticket
from appliance.services import outbox, settings
from appliance.values import Actor


class PluginBox:
    def __init__(self, config: Config) -> None:
        self._config = config

    def setting(self, name: str) -> str:
        return settings.get(name)

    def folder(self, plugin: str) -> Path:
        path = self._config.data / "plugin-data" / plugin
        path.mkdir(parents=True, exist_ok=True)
        return path

    def reply(self, ticket_id: int, text: str) -> int:
        with db.session() as session:
            owner = session.scalar(select(Agent).where(Agent.role == "owner", Agent.active).order_by(Agent.id))
        if owner is None:
            raise RuntimeError("there is no owner yet")
        return outbox.reply(ticket_id, Actor("agent", owner.id, "owner", owner.name), text)

    def ticket_of(self, connection_id: int, chat: str) -> int | None:
        query = (
            select(Ticket.id)
            .join(Address, Address.id == Ticket.address_id)
            .where(Address.connection_id == connection_id, Address.external_id == chat)
            .order_by(Ticket.id.desc())
        )
        with db.session() as session:
            return session.scalar(query.limit(1))

    def version(self) -> str:
        return appliance.__version__
