"""Watches one request on its way out, so that a failure can tell "never sent" from "may have arrived"."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import httpx

from appliance_telegram.tunnels import TunnelWatch

_PROXY_REFUSES = 407
_current: ContextVar[Exchange | None] = ContextVar("exchange", default=None)


class Exchange:
    """What is known of a send. `left`: its first byte went out; `written`: its last one did, so that the server may
    have acted on it; `status` and `body`: what it answered. A second attempt begins with `again()`."""

    def __init__(self, leaving: Callable[[], None]) -> None:
        self._leaving = leaving
        self._announced = False
        self.refused: BaseException | None = None
        self.again()

    def again(self) -> None:
        self._tunnel = TunnelWatch()
        self.left = False
        self.written = False
        self.status: int | None = None
        self.body = b""

    def watch(self) -> None:
        """The requests of the current task are this exchange's from here on."""
        _current.set(self)

    async def trace(self, event: str, info: dict[str, Any]) -> None:
        """httpcore's trace extension: called at each step of a request."""
        await self._tunnel.trace(event, info)
        if event == "http11.send_request_headers.started":
            # A proxy's CONNECT carries nothing of the message.
            if info["request"].method != b"CONNECT":
                await self._leave()
        elif event == "http11.send_request_body.complete":
            self.written = self.left

    async def _leave(self) -> None:
        self.left = True
        if self._announced:
            return
        self._announced = True
        try:
            # It writes to the database: not in the loop that all other requests share.
            await asyncio.to_thread(self._leaving)
        except BaseException as error:
            self.refused = error
            raise


async def trace_request(request: httpx.Request) -> None:
    """An httpx request hook."""
    exchange = _current.get()
    if exchange is not None:
        request.extensions["trace"] = exchange.trace


async def refuse_stranger(response: httpx.Response) -> None:
    """An httpx response hook: a proxy that does not let us pass is no answer of the Bot API's."""
    if response.status_code == _PROXY_REFUSES:
        raise httpx.ProxyError("the proxy asks for another user or password", request=response.request)


async def note_response(response: httpx.Response) -> None:
    """An httpx response hook."""
    await refuse_stranger(response)
    exchange = _current.get()
    if exchange is not None:
        exchange.status = response.status_code
        exchange.body = await response.aread()
