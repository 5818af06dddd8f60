"""Keeps one child running: starts it, ends it when it hangs, starts it again when it died."""

from __future__ import annotations

import signal
from collections.abc import Mapping

from appliance.supervision.child import Child, ChildSpec, describe_exit
from appliance.supervision.pauses import Pauses
from appliance.supervision.signs import HOPELESS, WHERE_ARE_YOU
from appliance.supervision.speech import say
from appliance.supervision.timing import NEVER, Timing


class Keeper:
    """Times are seconds of the monotonic clock: it never jumps, and stands while the machine is suspended."""

    def __init__(self, spec: ChildSpec, environ: Mapping[str, str], timing: Timing) -> None:
        self.spec = spec
        self.child: Child | None = None
        self.hopeless = False
        self._environ = environ
        self._timing = timing
        self._pauses = Pauses(timing)
        self._start_at = 0.0
        self._kill_at = NEVER
        self._asked = False
        self._was_ready = False

    def tend(self, now: float) -> None:
        """Do what is due."""
        if self.child is None:
            if now >= self._start_at:
                self._start(now)
        elif self.child.has_ended():
            self._bury(self.child, now)
        elif now >= self._kill_at:
            self.child.kill()
            self._kill_at = now + 1
        elif now >= self._patience_ends(self.child):
            self._give_up(self.child, now)

    def next_due(self) -> float:
        """When `tend` must be called again even if nothing is heard; NEVER once it has stopped."""
        if self.child is None:
            return self._start_at
        return min(self._kill_at, self._patience_ends(self.child))

    def stop(self, kill_at: float) -> None:
        """Ask for a graceful end, once; killed at that time. Not started again."""
        self._start_at = NEVER
        self._ask_to_end(kill_at)

    def renew(self, kill_at: float) -> None:
        """The same, then started again without a pause."""
        if self._start_at < NEVER:
            self._start_at = 0.0
            self._ask_to_end(kill_at)

    def hasten(self, kill_at: float) -> None:
        self._kill_at = min(self._kill_at, kill_at)

    def is_well(self) -> bool:
        return self.child is not None and self.child.beating and self._kill_at == NEVER

    def is_ready(self) -> bool:
        return self.child is not None and self.child.ready_since is not None

    def describe(self) -> str:
        if self.child is None:
            return f"{self.spec.name} " + ("stopped" if self._start_at == NEVER else "died and starts again")
        if self._asked:
            return f"{self.spec.name} stops"
        if not self.is_well() and self.child.beating:
            return f"{self.spec.name} hangs"
        return f"{self.spec.name} " + ("runs" if self.is_ready() else "starts")

    def _start(self, now: float) -> None:
        self._kill_at, self._asked = NEVER, False
        try:
            self.child = Child(self.spec, self._environ, now)
        except OSError as error:
            self._start_at = now + self._pauses.after(good_run=0)
            say(f"{self.spec.name} cannot be started: {error.strerror}")
            return
        say(f"{self.spec.name} started, pid {self.child.pid}")

    def _bury(self, child: Child, now: float) -> None:
        child.hear(now)  # it may have been ready for a moment
        self._was_ready = self._was_ready or child.ready_since is not None
        code = child.bury()
        self.child = None
        how = f"{self.spec.name} ended ({describe_exit(code)})"
        if self._asked:
            say(how)
        elif code == HOPELESS and not self._was_ready:
            self.hopeless, self._start_at = True, NEVER
            say(f"{how}: nothing to be gained by starting it again")
        else:
            pause = self._pauses.after(now - child.ready_since if child.ready_since is not None else 0)
            self._start_at = now + pause
            say(f"{how}, starting it again in {pause:g} s")

    def _give_up(self, child: Child, now: float) -> None:
        silence = now - child.last_beat
        say(f"{self.spec.name} hangs (no sign of life for {silence:.0f} s), killing pid {child.pid}")
        child.send(WHERE_ARE_YOU)
        self._kill_at = now + self._timing.last_words

    def _patience_ends(self, child: Child) -> float:
        if self._kill_at < NEVER:
            return NEVER
        return child.last_beat + (self._timing.hang if child.beating else self._timing.start)

    def _ask_to_end(self, kill_at: float) -> None:
        if self.child is None or self._asked:
            return
        self._asked = True
        self.hasten(kill_at)
        self.child.send(signal.SIGTERM)
