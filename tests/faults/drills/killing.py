"""kill -9 at moments nobody can foresee, while other work goes on."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.harness.box import Box

BUSY_SECONDS = 15.0
# What only the worker changes: rows taken from the messenger, rows read, deliveries that have left.
TRACES = """
    SELECT (SELECT max(id) FROM inbound_update) AS taken,
           (SELECT count(*) FROM inbound_update WHERE state != 'new') AS read,
           (SELECT count(*) FROM delivery WHERE state = 'sent') AS sent
"""


def kill_at_random(box: Box, victims: Sequence[str], chance: random.Random) -> None:
    """One after the other, each a moment after the worker has done something, so that there is work to interrupt."""
    for victim in victims:
        _wait_for_work(box)
        time.sleep(chance.uniform(0, 0.5))
        box.kill(victim)


def meanwhile(*works: Callable[[], None], then: Callable[[], object], limit: float = 100.0) -> None:
    """Do all of them at the same time; the first failure is raised.

    `then` is done by the caller's own thread: a process that it starts would end with any other."""
    with ThreadPoolExecutor(len(works)) as crew:
        done = [crew.submit(work) for work in works]
        then()
        for one in done:
            one.result(limit)


def spread(number: int, seconds: float, chance: random.Random) -> list[float]:
    """Pauses, `number` of them and about `seconds` in sum."""
    weights = [chance.random() for _ in range(number)]
    return [seconds * weight / sum(weights) for weight in weights]


def _wait_for_work(box: Box) -> None:
    """For traces of work since now; but not for ever: there may be nothing left to do."""
    before = box.read(TRACES)
    end = time.monotonic() + BUSY_SECONDS
    while box.read(TRACES) == before and time.monotonic() < end:
        time.sleep(0.02)
