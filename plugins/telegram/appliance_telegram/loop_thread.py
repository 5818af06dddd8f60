"""One daemon thread with one event loop for the whole process; the rest of the plugin stays synchronous.

A loop per call would cost a new TLS handshake and 80 ms of CPU each time.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future, wait
from typing import Any, TypeVar

T = TypeVar("T")
# How long a cancelled request may take to let go of its socket.
_LETTING_GO_SECONDS = 5.0


class LoopThread:
    """Started by the first call, ended by `close`; safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def submit(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Start `work` in the loop. It sees the caller's context variables."""
        return asyncio.run_coroutine_threadsafe(work, self._running())

    def run(self, work: Coroutine[Any, Any, T], timeout: float) -> T:
        """The result of `work`; TimeoutError after `timeout` seconds, once the work has been stopped."""
        done = threading.Event()
        future = self.submit(_noting_end(work, done))
        wait([future], timeout)
        if not future.done() and future.cancel():
            done.wait(_LETTING_GO_SECONDS)
            raise TimeoutError
        return future.result()

    def close(self) -> None:
        """Stop what still runs and end the thread; a later call starts a new one."""
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is None or thread is None:
            return
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=_LETTING_GO_SECONDS)

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=_spin, args=(self._loop,), name="telegram", daemon=True)
                self._thread.start()
            return self._loop


async def _noting_end(work: Coroutine[Any, Any, T], done: threading.Event) -> T:
    try:
        return await work
    finally:
        done.set()


def _spin(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
