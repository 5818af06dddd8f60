"""What a plugin may ask of the running box: see appliance/box.py."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

import appliance
from appliance import db
from appliance.models import Address
from appliance.plugins import plugins
from appliance.services import agents, outbox, people, settings
from appliance.values import SYSTEM


class RunningBox:
    """Implements appliance.box.Box over the data folder it was made with."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def setting(self, name: str) -> str:
        return settings.get(name)

    def folder(self, plugin: str) -> Path:
        """Below data/plugin-data: data/plugins holds the owner's plugins themselves."""
        if plugin not in plugins().loaded:
            raise LookupError(f"no plugin is named {plugin!r}")
        folder = self._data / "plugin-data" / plugin
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def reply(self, ticket_id: int, text: str) -> int:
        return outbox.reply(ticket_id, agents.first_owner() or SYSTEM, text)

    def ticket_of(self, connection_id: int, chat: str) -> int | None:
        query = select(Address.id).where(Address.connection_id == connection_id, Address.external_id == chat)
        with db.session() as session:
            address_id = session.scalar(query)
            return None if address_id is None else people.newest_ticket(session, address_id)

    def version(self) -> str:
        return appliance.__version__
