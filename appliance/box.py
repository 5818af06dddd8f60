"""The one door from a plugin to the running box. Bound by create_app; inert before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from appliance.values import Actor, FileSum, Fix, KnownPlace, LiveShare, PartKind


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

    def reader(self) -> Actor:
        """Who looks at the page that is being made; RuntimeError outside of one."""

    def prepare_again(
        self, kinds: Collection[PartKind], *, only_failed: bool = False, since: datetime | None = None
    ) -> int:
        """Have what pages show of stored files made anew, all kinds if none is named; how many files that are. What
        was made before is shown until the new is there."""

    def file_sums(self, kinds: Collection[PartKind] = (), since: datetime | None = None) -> Sequence[FileSum]:
        """How many stored files there are, all kinds if none is named, and how it stands with what is made of them."""

    def live_shares(self, by: Actor, since: datetime) -> Sequence[LiveShare]:
        """Live locations that were heard of since then and that `by` may see, newest first."""

    def live_share(self, message_id: int, by: Actor) -> LiveShare | None:
        """One of them, however long ago; None for a message that is none, or that `by` may not see."""

    def fixes(self, message_id: int, by: Actor, since: datetime | None = None) -> Sequence[Fix]:
        """Where a live location was, oldest first, without fixes that say nothing (too unsure, or just where the last
        one was); empty for one that `by` may not see."""

    def known_places(self, by: Actor, since: datetime) -> Sequence[KnownPlace]:
        """Places customers have sent since then, in tickets that `by` may see, newest first; 200 at most."""

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
