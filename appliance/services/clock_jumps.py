"""Waits outlive a clock that is set: what was to wait ten seconds waits ten seconds, not a day and not at all.

Waits are stored as moments, so that they survive a restart. A box without a clock of its own starts in the past and is
set right minutes later; a clock that went ahead is set back. The sweep compares the clock with one that nobody sets,
and moves the stored moments along. What people chose by the calendar (a snooze) stays where it is.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, func, select, type_coerce, update
from sqlalchemy.orm import InstrumentedAttribute

from appliance import db
from appliance.models import Address, Connection, Delivery, Event, File, now
from appliance.models.base import EPOCH

# Clocks that are only steered by the network move less than this between two looks.
WORTH_SECONDS = 3.0
WAITS: tuple[InstrumentedAttribute[object], ...] = (
    Delivery.next_try_at,
    Delivery.not_before,
    File.next_try_at,
    Address.paused_until,
    Connection.paused_until,
)
log = logging.getLogger("appliance.clock")


class ClockWatch:
    """Looked at by the sweep before it asks what is due."""

    def __init__(self) -> None:
        self._ahead: float | None = None

    def look(self) -> None:
        """Move the stored waits by as much as the clock was set since the last look."""
        # The boot's clock also counts while the machine sleeps, as the other one does.
        ahead = time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)
        jump = 0.0 if self._ahead is None else ahead - self._ahead
        if abs(jump) >= WORTH_SECONDS:
            log.warning("the clock was set by %.0f s; what waits goes along", jump)
            move_waits(timedelta(seconds=jump))
        if self._ahead is None:
            _start()
        self._ahead = ahead


def move_waits(by: timedelta, after: datetime = EPOCH) -> None:
    """Every stored wait that ends after that moment ends so much later (or earlier)."""
    milliseconds = by // timedelta(milliseconds=1)
    with db.write() as session:
        for wait in WAITS:
            moved = type_coerce(type_coerce(wait, BigInteger) + milliseconds, wait.type)
            session.execute(update(wait.class_).where(wait > after).values({wait: moved}))


def _start() -> None:
    """The clock may have been set back while nobody looked: what was to wait until after the newest thing that ever
    happened was meant by the clock of that time. Shorter waits are of today."""
    with db.session() as session:
        last = session.scalar(select(func.max(Event.at)))
    if last is not None and last - now() >= timedelta(seconds=WORTH_SECONDS):
        move_waits(now() - last, after=last)
