"""The one door from a plugin to the running box. Bound by create_app; inert before."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class Box(Protocol):
    """What a plugin may ask of the core at run time, beyond what its hooks are given."""

    def setting(self, name: str) -> str:
        """The value of a registered setting, or its default."""

    def folder(self, plugin: str) -> Path:
        """A folder in the data that is the plugin's own; made if missing."""

    def reply(self, ticket_id: int, text: str) -> int:
        """Send a staff reply in the owner's name; answers the message's id."""

    def ticket_of(self, connection_id: int, chat: str) -> int | None:
        """The newest ticket of an address, if it has one."""

    def version(self) -> str:
        """The appliance's version."""


_bound: list[Box] = []


def bind(box: Box) -> None:
    _bound[:] = [box]


def unbind() -> None:
    _bound.clear()


def box() -> Box:
    """The running box; RuntimeError before create_app has run."""
    if not _bound:
        raise RuntimeError("the appliance is not running: create_app binds the box")
    return _bound[0]
