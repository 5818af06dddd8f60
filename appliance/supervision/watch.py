"""The supervisor's one loop: hear beats and signals, tend every child, tell systemd."""

from __future__ import annotations

import select
import time
from collections.abc import Mapping, Sequence

from appliance.supervision.child import ChildSpec
from appliance.supervision.keeper import Keeper
from appliance.supervision.notify import Notifier
from appliance.supervision.signals import Order, SignalInbox
from appliance.supervision.signs import HOPELESS
from appliance.supervision.speech import say
from appliance.supervision.timing import NEVER, Timing

LAST_PART = 1 / 6  # of the time to stop, which the later children keep for themselves


class Watch:
    """Children stop in the reverse order of `specs`, each asked once the one before is gone."""

    def __init__(
        self,
        specs: Sequence[ChildSpec],
        environ: Mapping[str, str],
        inbox: SignalInbox,
        notifier: Notifier,
        timing: Timing,
    ) -> None:
        self._keepers = [Keeper(spec, environ, timing) for spec in specs]
        self._inbox = inbox
        self._notifier = notifier
        self._timing = timing
        self._stop_by = NEVER
        self._hastened = 0
        self._next_watchdog = 0.0
        self._status = ""
        self._announced = False

    def run(self) -> int:
        """Until told to stop, which gives 0; HOPELESS when a child said that starting it again is useless."""
        while True:
            now = time.monotonic()
            for keeper in self._keepers:
                keeper.tend(now)
            if any(keeper.hopeless for keeper in self._keepers):
                self._stop(now)
            self._continue_stop(now)
            self._tell(now)
            if self._stop_by < NEVER and all(keeper.child is None for keeper in self._keepers):
                return HOPELESS if any(keeper.hopeless for keeper in self._keepers) else 0
            self._listen(now)

    def _listen(self, now: float) -> None:
        children = [keeper.child for keeper in self._keepers if keeper.child is not None]
        pipes = [child.pipe for child in children if child.pipe is not None]
        sources: list[int] = [self._inbox.fileno(), *pipes]
        wait = max(0.0, self._next_due(now) - now)
        select.select(sources, [], [], wait if wait < NEVER else None)
        # Everything that arrived is heard before anybody is judged: we may have stood still ourselves.
        now = time.monotonic()
        for child in children:
            child.hear(now)
        for order in self._inbox.read():
            self._obey(order, now)

    def _next_due(self, now: float) -> float:
        dues = [keeper.next_due() for keeper in self._keepers]
        if now < self._ask_all_at():
            dues.append(self._ask_all_at())
        return min(*dues, self._next_watchdog)

    def _obey(self, order: Order, now: float) -> None:
        if self._stop_by < NEVER:
            if order is Order.STOP:
                self._hasten(now)
        elif order is Order.STOP:
            self._stop(now)
        else:
            self._renew(now)

    def _stop(self, now: float) -> None:
        if self._stop_by == NEVER:
            say("stopping")
            self._stop_by = now + self._timing.stop

    def _continue_stop(self, now: float) -> None:
        if self._stop_by == NEVER:
            return
        for keeper in reversed(self._keepers):
            keeper.stop(self._stop_by)
            if keeper.child is not None and now < self._ask_all_at():
                return  # a later one serves on until this one is gone

    def _ask_all_at(self) -> float:
        """When those that wait for an earlier one to end are asked to stop all the same."""
        if self._stop_by == NEVER:
            return NEVER
        return self._stop_by - self._timing.stop * LAST_PART

    def _hasten(self, now: float) -> None:
        """The second Ctrl-C shortens the wait, the third ends it."""
        self._hastened += 1
        say("hastening" if self._hastened == 1 else "killing what still runs")
        self._stop_by = min(self._stop_by, now + (self._timing.haste if self._hastened == 1 else 0))
        for keeper in self._keepers:
            keeper.stop(self._stop_by)
            keeper.hasten(self._stop_by)

    def _renew(self, now: float) -> None:
        say("starting everything anew")
        for keeper in self._keepers:
            keeper.renew(now + self._timing.stop)

    def _tell(self, now: float) -> None:
        self._announce()
        status = ", ".join(keeper.describe() for keeper in self._keepers)
        if status != self._status:
            self._status = status
            self._notifier.tell(f"STATUS={status}", *(["STOPPING=1"] if self._stop_by < NEVER else []))
        if self._notifier.interval is None:
            self._next_watchdog = NEVER
        elif now >= self._next_watchdog:
            self._next_watchdog = now + self._notifier.interval
            if self._stop_by < NEVER or all(keeper.is_well() for keeper in self._required()):
                self._notifier.tell("WATCHDOG=1")

    def _announce(self) -> None:
        """READY=1, once."""
        if self._announced or self._stop_by < NEVER:
            return
        if all(keeper.is_ready() for keeper in self._required()):
            self._announced = True
            say("ready")
            self._notifier.tell("READY=1")

    def _required(self) -> list[Keeper]:
        return [keeper for keeper in self._keepers if keeper.spec.required]
