"""Signals as orders to wait for, so that nothing happens in the middle of something else."""

from __future__ import annotations

import os
import signal
from enum import Enum
from types import FrameType, TracebackType
from typing import Self

STOPPING = (signal.SIGTERM, signal.SIGINT)
# SIGCHLD is no order; it only wakes whoever waits.
HEARD = (*STOPPING, signal.SIGHUP, signal.SIGCHLD)


class Order(Enum):
    STOP = "stop"
    RENEW = "renew"


class SignalInbox:
    """While entered, signals only make `fileno()` readable; `read()` gives the orders in them.

    SIGHUP means RENEW, but STOP when it came because our terminal was closed. Under nohup it stays ignored.
    """

    def __enter__(self) -> Self:
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)
        os.set_blocking(self._writer, False)
        self._had_terminal = _has_terminal()
        self._wakeup_before = signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        heard = [number for number in HEARD if number != signal.SIGHUP or not _is_ignored(number)]
        self._before = {number: signal.signal(number, _leave_to_inbox) for number in heard}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        os.close(self._reader)
        os.close(self._writer)

    def fileno(self) -> int:
        return self._reader

    def read(self) -> list[Order]:
        try:
            numbers = os.read(self._reader, 4096)
        except BlockingIOError:
            return []
        return [self._order_of(number) for number in numbers if number != signal.SIGCHLD]

    def _order_of(self, number: int) -> Order:
        terminal_closed = self._had_terminal and not _has_terminal()
        return Order.STOP if number in STOPPING or terminal_closed else Order.RENEW


def _leave_to_inbox(number: int, frame: FrameType | None) -> None:
    """The number is in the pipe already; a handler only has to exist."""


def _is_ignored(number: signal.Signals) -> bool:
    return signal.getsignal(number) == signal.SIG_IGN


def _has_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True
