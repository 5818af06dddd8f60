"""Waits outlive a clock that is set: what was to wait ten seconds waits ten seconds, not a day and not at all.

Waits are stored as moments, so that they survive a restart. A box without a clock of its own starts in the past and is
set right minutes later; a clock that went ahead is set back. The sweep compares the clock with one that nobody sets,
and moves the stored moments along. What people chose by the calendar (a snooze) stays where it is.
"""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, func, select, type_coerce, update
from sqlalchemy.orm import InstrumentedAttribute

from appliance import db
from appliance.models import Address, Connection, Delivery, Event, File

# Clocks that are only steered by the network move less than this between two looks.
WORTH = timedelta(seconds=3)
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
        moment = datetime.fromtimestamp(time.time(), UTC)
        # The boot's clock also counts while the machine sleeps, as the other one does.
        ahead = moment.timestamp() - time.clock_gettime(time.CLOCK_BOOTTIME)
        if self._ahead is None:
            _start(moment)
        else:
            move_waits(moment - timedelta(seconds=ahead - self._ahead), moment)
        self._ahead = ahead


def move_waits(before: datetime, after: datetime) -> None:
    """The clock would show `before` and was set to `after`: what waits goes along.

    Waits of the moments since then are by the new clock already. Which those are nobody noted: what lies nearer to the
    new time is taken for one. So no wait ever becomes longer by this."""
    jump = after - before
    if abs(jump) < WORTH:
        return
    log.warning("the clock was set by %.0f s; what waits goes along", jump.total_seconds())
    middle = before + jump / 2
    milliseconds = jump // timedelta(milliseconds=1)
    with db.write() as session:
        for wait in WAITS:
            of_before = wait < middle if after > before else wait > middle
            moved = type_coerce(type_coerce(wait, BigInteger) + milliseconds, wait.type)
            session.execute(update(wait.class_).where(of_before).values({wait: moved}))


def _start(moment: datetime) -> None:
    """The clock may have been set back while nobody looked: something is known to have happened later than now."""
    with db.session() as session:
        last = session.scalar(select(func.max(Event.at)))
    if last is not None and last > moment:
        move_waits(last, moment)
