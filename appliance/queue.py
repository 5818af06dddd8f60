"""The door to background work: services wake a job by its name, the worker runs it.

The database holds the truth of all work; a lost wake-up costs a second until the sweep, never the work. So the
queue's own file is disposable, results are not kept, and a job carries ids only (docs/decisions/0002).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from huey import SqliteHuey
from huey.consumer import Consumer

from appliance.values import Lane

P = ParamSpec("P")
R = TypeVar("R")
log = logging.getLogger("appliance.queue")
LANES: dict[str, int] = {"main": 4, "quick": 1, "slow": 1}

_jobs: dict[str, Callable[..., object]] = {}
_queues: dict[str, SqliteHuey] = {}
_runners: dict[str, Any] = {}


def task(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a function as the job `name`; it stays an ordinary function."""

    def register(function: Callable[P, R]) -> Callable[P, R]:
        _jobs[name] = function
        return function

    return register


def bind(file: Path) -> None:
    """Open the queue file, once a process. Lanes: main, and quick and slow for media."""
    logging.getLogger("huey").setLevel(logging.WARNING)  # two lines a job say nothing
    unbind()
    for lane in LANES:
        queue = SqliteHuey(name=lane, filename=str(file), results=False, utc=True)
        _queues[lane] = queue
        _runners[lane] = queue.task(name="run")(_run)


def unbind() -> None:
    """Waking does nothing from here on."""
    _queues.clear()
    _runners.clear()


def wake(name: str, *arguments: int | str, lane: Lane | str = "main", priority: int = 0, delay: float = 0) -> None:
    """Ask the worker to run a job soon. Unbound (command line, tests) it does nothing: the sweep finds the work."""
    runner = _runners.get(lane)
    if runner is None:
        return
    try:
        runner.schedule((name, *arguments), delay=delay, priority=priority) if delay else runner(
            name, *arguments, priority=priority
        )
    except Exception:
        # The rows are committed; a full disk or a damaged queue file must not fail the caller.
        log.exception("could not wake %s", name)


def consumers() -> list[Consumer]:
    """One consumer for each lane, not yet started; signals stay with the process that owns them."""
    made = []
    for lane, threads in LANES.items():
        consumer = _QuietConsumer(
            _queues[lane],
            workers=threads,
            periodic=False,
            initial_delay=0.02,
            backoff=1.3,
            max_delay=0.2,
            flush_locks=True,
        )
        made.append(consumer)
    return made


class _QuietConsumer(Consumer):  # type: ignore[misc]  # huey ships no types
    def _set_signal_handlers(self) -> None:
        """The worker process has its own."""


def _run(name: str, *arguments: int | str) -> None:
    job = _jobs.get(name)
    if job is None:
        log.error("no such job: %s", name)
        return
    try:
        job(*arguments)
    except Exception:
        log.exception("job %s%r failed", name, arguments)
