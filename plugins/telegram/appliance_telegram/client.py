"""One bot's line to the Bot API: raw calls for everything that is read, python-telegram-bot for sending."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import certifi
import httpx

from appliance_telegram import timeouts
from appliance_telegram.answers import read_answer
from appliance_telegram.bot_settings import BotSettings
from appliance_telegram.exchange import note_response, refuse_stranger, trace_request
from appliance_telegram.tunnels import watch_tunnel

if TYPE_CHECKING:
    from telegram import Bot

_CONNECTIONS = 16
_UNTIL_WRITTEN = timeouts.POOL + timeouts.CONNECT + timeouts.WRITE


@cache
def trusted_certificates() -> ssl.SSLContext:
    """One context for all clients, since loading the authorities costs 40 ms each time; the system's own come first
    (a company's proxy may need them), certifi's serve a machine that has none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


class BotClient:
    """Lives in the loop's thread; `close` it there."""

    def __init__(self, settings: BotSettings) -> None:
        self.settings = settings
        self._http = httpx.AsyncClient(
            timeout=_timeout(timeouts.CHECK),
            limits=httpx.Limits(max_connections=_CONNECTIONS),
            proxy=settings.proxy or None,
            verify=trusted_certificates(),
            trust_env=not settings.local,
            event_hooks={"request": [watch_tunnel], "response": [refuse_stranger]},
        )

    async def call(self, method: str, *, read_timeout: float = timeouts.CHECK, **params: Any) -> Any:
        """The `result` of a Bot API method. Raises httpx.HTTPError, answers.Refusal or answers.NotAnAnswer."""
        return read_answer(*await self.ask(method, read_timeout=read_timeout, **params))

    async def ask(self, method: str, *, read_timeout: float, **params: Any) -> tuple[int, bytes]:
        """Status and body as they came."""
        url = self.settings.method_url(method)
        async with _patience(read_timeout):
            response = await self._http.post(url, json=params, timeout=_timeout(read_timeout))
        return response.status_code, response.content

    @asynccontextmanager
    async def download(self, path: str, read_timeout: float) -> AsyncIterator[httpx.Response]:
        """A file's bytes, as a stream that is read piece by piece."""
        request = self._http.build_request("GET", self.settings.file_url(path), timeout=_timeout(read_timeout))
        async with _patience(read_timeout):
            response = await self._http.send(request, stream=True)
        try:
            yield response
        finally:
            await response.aclose()

    @cached_property
    def bot(self) -> Bot:
        # It costs 0.3 s and 17 MB to import, five times the seconds on a small box: only who sends pays for it.
        from telegram import Bot  # noqa: PLC0415
        from telegram.request import HTTPXRequest  # noqa: PLC0415

        request = HTTPXRequest(
            connection_pool_size=_CONNECTIONS,
            connect_timeout=timeouts.CONNECT,
            pool_timeout=timeouts.POOL,
            write_timeout=timeouts.WRITE,
            media_write_timeout=timeouts.MEDIA_WRITE,
            proxy=self.settings.proxy or None,
            httpx_kwargs={
                "verify": trusted_certificates(),
                "trust_env": not self.settings.local,
                "event_hooks": {"request": [trace_request], "response": [note_response]},
            },
        )
        base = self.settings.api_url
        # The second request object is for getUpdates, which this plugin asks itself.
        return Bot(
            self.settings.token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=request,
            get_updates_request=request,
        )

    async def close(self) -> None:
        await self._http.aclose()
        if "bot" in self.__dict__:
            await self.bot.request.shutdown()
        # TLS connections say goodbye in callbacks of their own.
        await asyncio.sleep(0)


def _timeout(read: float) -> httpx.Timeout:
    return httpx.Timeout(connect=timeouts.CONNECT, read=read, write=timeouts.WRITE, pool=timeouts.POOL)


@asynccontextmanager
async def _patience(read: float) -> AsyncIterator[None]:
    """The library's own limits do not cover a SOCKS proxy that has nothing to say."""
    try:
        async with asyncio.timeout(read + _UNTIL_WRITTEN):
            yield
    except TimeoutError:
        raise httpx.ConnectTimeout("the proxy says nothing") from None
