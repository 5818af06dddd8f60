"""Asks Telegram on behalf of a service that may be told to end while it waits."""

from __future__ import annotations

from collections.abc import Coroutine
from concurrent.futures import wait
from threading import Event
from typing import Any, TypeVar

from appliance_telegram.loop_thread import LoopThread

T = TypeVar("T")
_STOP_CHECK_SECONDS = 0.5


class Stopped(Exception):
    """The service was asked to end while it waited."""


def ask_unless_stopped(loop: LoopThread, question: Coroutine[Any, Any, T], stop: Event) -> T:
    """The answer. Raises Stopped; what a question that is dropped would have brought is not acknowledged."""
    future = loop.submit(question)
    while not future.done():
        if stop.is_set():
            future.cancel()
            raise Stopped
        wait([future], _STOP_CHECK_SECONDS)
    return future.result()
