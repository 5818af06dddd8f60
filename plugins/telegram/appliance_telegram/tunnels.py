"""Sockets to a SOCKS proxy that says no, or nothing at all: the library leaves them open, one for each try."""

from __future__ import annotations

from typing import Any

import httpx


class TunnelWatch:
    """httpcore's trace extension for one request: closes the way to the proxy if it leads nowhere."""

    def __init__(self) -> None:
        self._way: Any = None

    async def trace(self, event: str, info: dict[str, Any]) -> None:
        if event.endswith("setup_socks5_connection.started"):
            self._way = info["stream"]
        elif event.endswith("setup_socks5_connection.complete"):
            self._way = None
        elif event.endswith("setup_socks5_connection.failed") and self._way is not None:
            await self._way.aclose()


async def watch_tunnel(request: httpx.Request) -> None:
    """An httpx request hook."""
    request.extensions["trace"] = TunnelWatch().trace
