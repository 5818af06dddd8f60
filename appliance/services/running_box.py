"""What a plugin may ask of the running box: see appliance/box.py."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

import appliance
from appliance import db
from appliance.models import Address
from appliance.plugins import plugins
from appliance.services import agents, file_sums, live_places, outbox, people, preparing_again, settings
from appliance.values import SYSTEM, Actor, FileSum, Fix, KnownPlace, LiveShare, PartKind


class RunningBox:
    """Implements appliance.box.Box over the data folder it was made with; `reader` tells who looks at a page."""

    def __init__(self, data: Path, reader: Callable[[], Actor]) -> None:
        self._data = data
        self._reader = reader

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

    def reader(self) -> Actor:
        return self._reader()

    def prepare_again(
        self, kinds: Collection[PartKind], *, only_failed: bool = False, since: datetime | None = None
    ) -> int:
        return preparing_again.prepare_again(kinds, only_failed=only_failed, since=since)

    def file_sums(self, kinds: Collection[PartKind] = (), since: datetime | None = None) -> Sequence[FileSum]:
        return file_sums.sums(kinds, since)

    def live_shares(self, by: Actor, since: datetime) -> Sequence[LiveShare]:
        return live_places.shares(by, since)

    def live_share(self, message_id: int, by: Actor) -> LiveShare | None:
        return live_places.share(message_id, by)

    def fixes(self, message_id: int, by: Actor, since: datetime | None = None) -> Sequence[Fix]:
        return live_places.fixes(message_id, by, since)

    def known_places(self, by: Actor, since: datetime) -> Sequence[KnownPlace]:
        return live_places.known(by, since)

    def version(self) -> str:
        return appliance.__version__
