"""The lines that are open: one per bot and process, made when it is first needed."""

from __future__ import annotations

import threading
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from appliance_telegram.bot_settings import BotSettings, read_settings
from appliance_telegram.client import BotClient
from appliance_telegram.loop_thread import LoopThread

T = TypeVar("T")
_CLOSING_SECONDS = 5.0


class Clients:
    """Safe to use from many threads."""

    def __init__(self) -> None:
        self.loop = LoopThread()
        self._lock = threading.Lock()
        self._open: dict[BotSettings, BotClient] = {}

    def of(self, form: Mapping[str, str]) -> BotClient:
        """The line for a connection's settings, kept until the process ends. Raises ConnectError."""
        settings = read_settings(form)
        with self._lock:
            if settings not in self._open:
                self._open[settings] = BotClient(settings)
            return self._open[settings]

    @contextmanager
    def passing(self, form: Mapping[str, str]) -> Iterator[BotClient]:
        """A line for a question or two, for settings that may never be stored. Raises ConnectError."""
        client = BotClient(read_settings(form))
        try:
            yield client
        finally:
            self._close(client)

    def run(self, work: Coroutine[Any, Any, T], timeout: float) -> T:
        return self.loop.run(work, timeout)

    def close(self) -> None:
        with self._lock:
            open_now, self._open = list(self._open.values()), {}
        for client in open_now:
            self._close(client)
        self.loop.close()

    def _close(self, client: BotClient) -> None:
        # A peer that does not say goodbye must not keep the process.
        with suppress(TimeoutError):
            self.loop.run(client.close(), _CLOSING_SECONDS)
