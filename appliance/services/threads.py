"""Threads that are started again when they fall over: a channel's poller, a plugin's service."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
HEALTHY_SECONDS = 60.0
log = logging.getLogger("appliance.threads")


class Thread:
    """One supervised thread; `stop()` asks it to end and waits a little."""

    def __init__(self, name: str, work: Callable[[threading.Event], None]) -> None:
        self.name = name
        self._work = work
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep_running, name=name, daemon=True)

    def start(self) -> Thread:
        self._thread.start()
        return self

    def ask_to_stop(self) -> None:
        self._stop.set()

    def stop(self, seconds: float = 5.0) -> None:
        self.ask_to_stop()
        self._thread.join(seconds)
        if self._thread.is_alive():
            log.warning("%s did not stop within %s s", self.name, seconds)

    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def _keep_running(self) -> None:
        pause = FIRST_PAUSE
        while not self._stop.is_set():
            started = time.monotonic()
            try:
                self._work(self._stop)
            except Exception:
                log.exception("%s failed; it is started again in %.0f s", self.name, pause)
            else:
                if not self._stop.is_set():
                    log.warning("%s ended by itself; it is started again in %.0f s", self.name, pause)
            if time.monotonic() - started > HEALTHY_SECONDS:
                pause = FIRST_PAUSE
            self._stop.wait(pause)
            pause = min(LONGEST_PAUSE, pause * 2)


def keep_running(name: str, work: Callable[[threading.Event], None]) -> Thread:
    """Start `work(stop)` in a thread of its own and start it again, after a pause, whenever it falls over."""
    return Thread(name, work).start()
