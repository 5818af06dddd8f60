"""Street maps from a tile server of the owner's choice. Without one no page asks anyone outside for anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from appliance import mark

# Host names only: what stands here ends up in the page's content security policy.
ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<sub>\{s\}\.)?(?P<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?P<port>:\d{1,5})?"
    r"/[A-Za-z0-9{}._~/@?&=%-]*",
)
PLACEHOLDERS = frozenset({"s", "z", "x", "y", "r"})


@dataclass(frozen=True)
class Tiles:
    """Where street maps come from. `mode`: 'click' asks the server only when someone wants streets, 'on' at once."""

    address: str
    attribution: str
    mode: str

    @property
    def host(self) -> str:
        """Who is asked, for the button that asks them."""
        parts = ADDRESS.fullmatch(self.address)
        return parts["host"] if parts else ""

    @property
    def origin(self) -> str:
        """The source for the content security policy; '{s}' stands for any one label."""
        parts = ADDRESS.fullmatch(self.address)
        if not parts:
            return ""
        return f"{parts['scheme']}://{'*.' if parts['sub'] else ''}{parts['host']}{parts['port'] or ''}"


def check_address(address: str) -> str | None:
    """What is wrong with a tile address, as a msgid; None if nothing is (empty means: no tiles)."""
    if not address:
        return None
    names = re.findall(r"\{([^{}]*)\}", address)
    if not ADDRESS.fullmatch(address) or not {"x", "y", "z"} <= set(names) <= PLACEHOLDERS:
        return mark("Write an address such as https://tiles.example/{z}/{x}/{y}.png")
    return None


def read_tiles(setting: Callable[[str], str]) -> Tiles | None:
    """The owner's tiles; None when there are none, or they are switched off. `setting` reads one by its name."""
    address, mode = setting("maps.tile_address"), setting("maps.tiles")
    if mode not in ("click", "on") or not address or check_address(address):
        return None
    return Tiles(address, setting("maps.tile_attribution"), mode)
