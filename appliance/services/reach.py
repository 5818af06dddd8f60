"""What of customers' files may be fetched by itself: the messenger's limit, and the owner's for a metered line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from appliance.services import connections, settings
from appliance.values import IncomingPart

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Reach:
    """In bytes: over `limit` a file cannot be had, over `click` it comes when somebody asks for it. 0 = any size."""

    limit: int = 0
    click: int = 0

    def first_state(self, size: int | None) -> str:
        """What becomes of a file that was just announced."""
        if self.is_over_limit(size):
            return "too_large"
        return "on_click" if self.click and size is not None and size > self.click else "waiting"

    def is_over_limit(self, size: int | None) -> bool:
        return bool(self.limit) and size is not None and size > self.limit


ANYTHING = Reach()


def of_connection(connection_id: int) -> Reach:
    """As it is now. Raises ConnectProblem, SecretsError."""
    return Reach(limit_of(connection_id), settings.get_number("fetch_click_mb") * MEGABYTE)


def for_parts(connection_id: int, parts: Iterable[IncomingPart]) -> Reach:
    """The same for a message; nothing is looked up for one without files."""
    return of_connection(connection_id) if any(part.file for part in parts) else ANYTHING


def limit_of(connection_id: int) -> int:
    """The most bytes this very connection hands out, 0 = any number. Raises ConnectProblem, SecretsError."""
    return connections.limits(connection_id).download_limit


def usual_limit(connection_id: int) -> int:
    """What is said of a file that was refused: the connection's limit, or the messenger's where the connection has
    none it knows of (a server of one's own may keep to it all the same). Raises ConnectProblem, SecretsError."""
    return limit_of(connection_id) or connections.channel_of(connection_id).capabilities.download_limit
