"""How fast a bot may speak, while somebody asks for it: in one chat, in a group, and over all."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

SPEAKS = ("send", "copy", "forward")
EDITS = "editmessage"
QUIET = frozenset({"sendchataction"})
MINUTE = 60.0
SLACK = 0.25  # seconds a request may come early: networks jitter, and a sender that keeps the pace is not to blame
REFUSED = "rate"  # what the journal says of a refused request


@dataclass(frozen=True, slots=True)
class Pace:
    """The limits the messenger's FAQ names; the real ones are not published. 0 switches one off.

    `chat_burst`: how many may come at once in a private chat that was silent before.
    """

    chat_seconds: float = 1.0
    chat_burst: int = 3
    overall_per_second: float = 30.0
    group_per_minute: float = 20.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """One message every `interval` seconds, `burst` of them at once."""

    key: tuple[str, int, str]
    interval: float
    burst: int


@dataclass(slots=True)
class Rates:
    """Off until `keep` sets a pace. The times are the server's own, so a clock that jumps changes nothing."""

    _pace: Pace | None = None
    _due: dict[tuple[str, int, str], float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def pace(self) -> Pace | None:
        return self._pace

    def keep(self, pace: Pace | None) -> None:
        """None lifts every limit. Whatever was said before is forgotten."""
        with self._lock:
            self._pace = pace
            self._due.clear()

    def refuse(self, bot_id: int, method: str, chat_id: str) -> int:
        """Whole seconds this request has to wait; 0 for one that may go on, which counts from then on."""
        with self._lock:
            if not self._pace:
                return 0
            now, meets = time.monotonic(), list(_allowances(self._pace, bot_id, method.lower(), chat_id))
            wait = max((self._wait(one, now) for one in meets), default=0.0)
            if wait > 0:
                return math.ceil(wait)
            for one in meets:
                self._due[one.key] = max(now, self._due.get(one.key, now)) + one.interval
            return 0

    def _wait(self, one: Allowance, now: float) -> float:
        early = self._due.get(one.key, now) - (one.burst - 1) * one.interval - now
        return early if early > SLACK else 0.0


def counts(method: str) -> bool:
    """Whether a limit may meet it: what says something or changes what was said."""
    name = method.lower()
    return name.startswith((*SPEAKS, EDITS)) and name not in QUIET


def _allowances(pace: Pace, bot_id: int, method: str, chat_id: str) -> Iterator[Allowance]:
    """What limits a request. An edit counts in groups and over all, not in a private chat."""
    if not counts(method):
        return
    says = method.startswith(SPEAKS)
    is_group = chat_id.startswith(("-", "@"))
    if pace.overall_per_second:
        yield Allowance(("all", bot_id, ""), 1 / pace.overall_per_second, math.ceil(pace.overall_per_second))
    if is_group and pace.group_per_minute:
        yield Allowance(("group", bot_id, chat_id), MINUTE / pace.group_per_minute, math.ceil(pace.group_per_minute))
    if says and not is_group and pace.chat_seconds:
        yield Allowance(("chat", bot_id, chat_id), pace.chat_seconds, pace.chat_burst)
