"""Waiting with an end: for what another process will do soon."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_until(
    happened: Callable[[], T],
    what: str = "it",
    limit: float = 30.0,
    *,
    shown: Callable[[], object] | None = None,
    every: float = 0.05,
) -> T:
    """The first answer of `happened` that is true.

    Fails after `limit` seconds with `what` was waited for and, if given, what `shown` answers then.
    """
    end = time.monotonic() + limit
    while True:
        answer = happened()
        if answer:
            return answer
        if time.monotonic() >= end:
            state = f"; last seen: {shown()}" if shown else ""
            raise AssertionError(f"{what} did not happen within {limit:g} s{state}")
        time.sleep(every)
