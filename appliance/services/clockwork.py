"""The worker's own threads: reading the journal, following the feed, and the sweep that finds forgotten work."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from functools import partial

from appliance import db, queue
from appliance.commits import Bells
from appliance.services import (
    answering,
    blobs,
    bulk,
    clock_jumps,
    deliveries,
    fetching,
    intake,
    journal,
    letting_go,
    notice_list,
    noticing,
    overdue,
    plugin_failures,
    preparing_order,
    presence,
    reclaiming,
    saved_reply_changes,
    search_index,
    sharing,
    tickets,
    trails,
    views,
    wire,
)
from appliance.services.threads import Thread, keep_running

# A bell that was missed costs no more than this.
PATIENCE_SECONDS = 5.0
# The search may be a moment behind; who writes comes first.
INDEX_SECONDS = 0.4
INDEX_PAUSE = 0.03
SWEEP_SECONDS = 1.0
# While nobody commits only time can make something due.
QUIET_SWEEP_SECONDS = 3.0
SHARE_SECONDS = 0.5
# How soon somebody who comes to work gets what has waited for them.
LATECOMERS_SECONDS = 5.0
CHECKPOINT_SECONDS = 0.5
HOURLY = 3600.0
log = logging.getLogger("appliance.clockwork")


class Clockwork:
    """Threads that turn for as long as the worker lives. `turned` is when the sweep last came round."""

    def __init__(self) -> None:
        self.turned = time.monotonic()
        self._shared = time.monotonic()
        self._swept = 0.0
        self._bells = Bells()
        self._new_rows = self._bells.bell()
        self._threads: list[Thread] = []
        self._watch = clock_jumps.ClockWatch()

    def arrived(self) -> None:
        """A poller has committed rows."""
        self._new_rows.set()

    def start(self) -> None:
        self._threads = [
            keep_running("commits", self._bells.watch),
            keep_running("intake", self._read),
            keep_running("answering", partial(self._follow, answering.follow, self._bells.bell())),
            keep_running("noticing", partial(self._follow, noticing.follow, self._bells.bell())),
            keep_running("sharing", self._share),
            keep_running("search", self._index),
            keep_running("sweep", self._sweep),
            keep_running("checkpoint", self._checkpoint),
            keep_running("tidy", self._tidy),
        ]

    def stop(self) -> None:
        for thread in self._threads:
            thread.ask_to_stop()
        self._bells.ring()
        for thread in self._threads:
            thread.stop()

    def _read(self, stop: threading.Event) -> None:
        while not stop.is_set():
            self._new_rows.clear()
            while not stop.is_set() and intake.read_new():
                pass
            self._new_rows.wait(PATIENCE_SECONDS)

    def _follow(self, follow: Callable[[], int], bell: threading.Event, stop: threading.Event) -> None:
        while not stop.is_set():
            bell.wait(PATIENCE_SECONDS)
            bell.clear()
            while not stop.is_set() and follow():
                pass

    def _share(self, stop: threading.Event) -> None:
        bell = self._bells.bell()
        while not stop.wait(SHARE_SECONDS):
            if rung(bell):
                while not stop.is_set() and sharing.follow():
                    pass
            if time.monotonic() - self._shared > LATECOMERS_SECONDS:
                self._shared = time.monotonic()
                sharing.sweep()

    def _index(self, stop: threading.Event) -> None:
        bell = self._bells.bell()
        while not stop.wait(INDEX_SECONDS):
            if rung(bell):
                while not stop.is_set() and (search_index.follow() or search_index.fill()):
                    stop.wait(INDEX_PAUSE)

    def _sweep(self, stop: threading.Event) -> None:
        bell = self._bells.bell()
        while not stop.wait(SWEEP_SECONDS):
            _carefully(self._watch.look)
            if rung(bell) or time.monotonic() - self._swept > QUIET_SWEEP_SECONDS:
                for step in (*_WAKERS, tickets.wake_snoozed, overdue.tell):
                    _carefully(step)
                self._swept = time.monotonic()
            self.turned = time.monotonic()

    def _tidy(self, stop: threading.Event) -> None:
        """A thread of its own: reading all folders of a small box takes longer than a delivery may wait."""
        while not stop.is_set():
            for step in (journal.prune, plugin_failures.prune, wire.tidy, blobs.tidy, trails.tidy, notice_list.prune):
                _carefully(step)
            _carefully(saved_reply_changes.prune)
            _carefully(views.prune)
            _carefully(presence.tidy)
            _carefully(partial(letting_go.apply, stop=stop))
            _carefully(bulk.prune)
            _carefully(reclaiming.tidy)
            stop.wait(HOURLY)

    def _checkpoint(self, stop: threading.Event) -> None:
        bell = self._bells.bell()
        while not stop.wait(CHECKPOINT_SECONDS):
            if rung(bell):
                _carefully(db.checkpoint)


def rung(bell: threading.Event) -> bool:
    """Whether it was; it is silent again."""
    was = bell.is_set()
    bell.clear()
    return was


def _carefully(step: Callable[[], object]) -> None:
    """One step that fails (a full disk) must not keep the others from their turn."""
    try:
        step()
    except Exception:
        log.exception("%s failed", getattr(step, "__name__", step))


def _wake_deliveries() -> None:
    for address_id in deliveries.due_addresses():
        queue.wake("deliver", address_id)


def _wake_files() -> None:
    for file_id in fetching.due():
        queue.wake("fetch", file_id)
    preparing_order.wake_idle()


def _wake_bulk_jobs() -> None:
    for job_id in bulk.unfinished():
        queue.wake("bulk", job_id)


_WAKERS: tuple[Callable[[], object], ...] = (_wake_deliveries, _wake_files, _wake_bulk_jobs)
