"""Faults on command: which requests go wrong, how, and for how long."""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import asdict, dataclass
from typing import Any

KINDS = frozenset(
    {
        "too_many_requests",  # 429 with parameters.retry_after
        "bad_gateway",  # 502 with an HTML body
        "internal_error",  # 500
        "conflict",  # 409, as if another poller ran
        "unauthorized",  # 401, as if the token was revoked
        "hang",  # no answer for `seconds`, then the connection ends
        "drop",  # the connection ends at once
        "truncate",  # the work is done, the answer is half of the JSON
        "cut_short",  # the work is done, the answer promises more bytes than it has
        "delay",  # the work is done and answered, `seconds` late
    }
)
LONGEST = 600.0  # seconds any fault may last
LONGEST_WAIT = 120.0  # seconds one request may be held
MOST = 100_000  # requests one fault may hit


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong.

    `methods`, `bot_id` and `chat_id` narrow it (empty or 0 = all). It ends after `times` requests or when
    `lasts` seconds are over, whichever comes first. `works`: hang and drop do the work before they misbehave.
    """

    kind: str
    methods: tuple[str, ...] = ()
    bot_id: int = 0
    chat_id: int = 0
    times: int = 1
    lasts: float = LONGEST
    seconds: float = 5.0
    retry_after: int = 5
    works: bool = False
    id: int = 0
    hits: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault {self.kind!r}; known are {', '.join(sorted(KINDS))}")
        self.methods = tuple(name.lower() for name in self.methods)
        self.times = min(max(1, self.times), MOST)
        self.lasts = min(max(0.0, self.lasts), LONGEST)
        self.seconds = min(max(0.0, self.seconds), LONGEST_WAIT)

    def meets(self, bot_id: int, method: str, chat_id: str) -> bool:
        return (
            self.bot_id in {0, bot_id}
            and (not self.methods or method.lower() in self.methods)
            and (not self.chat_id or str(self.chat_id) == chat_id)
        )


class Faults:
    """The faults that are on, oldest first; a request meets at most one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ids = itertools.count(1)
        self._on: list[tuple[float, Fault]] = []

    def add(self, fault: Fault) -> Fault:
        with self._lock:
            fault.id = next(self._ids)
            self._on.append((time.monotonic() + fault.lasts, fault))
        return fault

    def take(self, bot_id: int, method: str, chat_id: str) -> Fault | None:
        """The fault this request meets; counts it."""
        with self._lock:
            self._forget_ended()
            for _, fault in self._on:
                if fault.meets(bot_id, method, chat_id):
                    fault.hits += 1
                    return fault
        return None

    def all(self) -> list[dict[str, Any]]:
        with self._lock:
            self._forget_ended()
            return [asdict(fault) for _, fault in self._on]

    def clear(self) -> None:
        with self._lock:
            self._on.clear()

    def _forget_ended(self) -> None:
        now = time.monotonic()
        self._on = [(until, fault) for until, fault in self._on if until > now and fault.hits < fault.times]
