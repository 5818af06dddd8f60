"""How fast a messenger is written to: the sender keeps its pace, so that it need not tell us to wait.

Kept in this process alone, by a clock that nobody sets; after a restart it begins anew. Whoever must wait comes back
later: no thread sleeps here, and other addresses go on.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass

from appliance.values import Pace

MINUTE = 60.0
REMEMBERED = 1000


@dataclass(frozen=True)
class Place:
    """Where a send goes to; `group`: a chat of many."""

    connection_id: int
    address_id: int
    group: bool = False


@dataclass(frozen=True)
class _Rule:
    """At most `most` sends in `seconds`, counted together under `name`."""

    name: Hashable
    most: int
    seconds: float


class Clock:
    """When what was sent. One for a process; tests make their own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sent: dict[Hashable, deque[float]] = {}

    def wait(self, place: Place, pace: Pace) -> float:
        """Seconds until something may leave for this place; 0 = now. Takes nothing."""
        with self._lock:
            return self._longest(_rules(place, pace), time.monotonic(), 1)

    def take(self, place: Place, pace: Pace, weight: int = 1) -> float:
        """As wait(); when it is 0, the turn is taken. `weight`: how many messages this one send makes."""
        rules = _rules(place, pace)
        with self._lock:
            moment = time.monotonic()
            longest = self._longest(rules, moment, weight)
            if longest == 0:
                for rule in rules:
                    self._sent.setdefault(rule.name, deque()).extend([moment] * min(weight, rule.most))
                self._forget(moment)
            return longest

    def _longest(self, rules: list[_Rule], moment: float, weight: int) -> float:
        return max((self._rest(rule, moment, min(weight, rule.most)) for rule in rules), default=0.0)

    def _rest(self, rule: _Rule, moment: float, weight: int) -> float:
        """Until so many of those sent are past that these few fit in."""
        sent = self._sent.get(rule.name)
        while sent and moment - sent[0] >= rule.seconds:
            sent.popleft()
        too_many = len(sent) + weight - rule.most if sent else 0
        return sent[too_many - 1] + rule.seconds - moment if sent and too_many > 0 else 0.0

    def _forget(self, moment: float) -> None:
        if len(self._sent) > REMEMBERED:
            for name in [name for name, sent in self._sent.items() if not sent or moment - sent[-1] > MINUTE]:
                del self._sent[name]


def _rules(place: Place, pace: Pace) -> list[_Rule]:
    made = []
    if pace.per_address_seconds:
        made.append(_Rule(("address", place.address_id), 1, pace.per_address_seconds))
    if pace.overall_per_second:
        most = max(1, int(pace.overall_per_second))
        made.append(_Rule(("connection", place.connection_id), most, most / pace.overall_per_second))
    if pace.group_per_minute and place.group:
        made.append(_Rule(("group", place.address_id), pace.group_per_minute, MINUTE))
    return made


CLOCK = Clock()
