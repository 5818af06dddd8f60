"""A child that runs once, before the others: bringing the database to its newest schema."""

from __future__ import annotations

import select
import signal
import time
from collections.abc import Mapping

from appliance.supervision.child import Child, ChildSpec, describe_exit
from appliance.supervision.notify import Notifier
from appliance.supervision.signals import Order, SignalInbox
from appliance.supervision.speech import say
from appliance.supervision.timing import NEVER, Timing

NO_PROCESS = 71  # EX_OSERR


def run_errand(
    spec: ChildSpec, environ: Mapping[str, str], inbox: SignalInbox, notifier: Notifier, timing: Timing
) -> int | None:
    """Its exit code (128 + n for signal n), or None when we were told to stop meanwhile.

    What it prints is shown as it comes. It may take as long as it needs: systemd is asked for patience.
    """
    try:
        child = Child(spec, environ, time.monotonic())
    except OSError as error:
        say(f"{spec.name} cannot be started: {error.strerror}")
        return NO_PROCESS
    notifier.tell(f"STATUS={spec.name} runs")
    told_to_stop = _wait_for(child, inbox, notifier, timing)
    code = child.bury()
    if told_to_stop:
        return None
    if code != 0:
        say(f"{spec.name} failed ({describe_exit(code)}), nothing else was started")
    return code if code >= 0 else 128 - code


def _wait_for(child: Child, inbox: SignalInbox, notifier: Notifier, timing: Timing) -> bool:
    """Whether we were told to stop before it ended."""
    kill_at = NEVER
    while not child.has_ended():
        notifier.tell("EXTEND_TIMEOUT_USEC=120000000")  # two minutes from now, asked for every ten seconds
        select.select([inbox], [], [], max(0.0, min(10.0, kill_at - time.monotonic())))
        for order in inbox.read():
            if order is Order.STOP:
                # Asked once more, there is no more waiting: a half-done migration rolls back.
                kill_at = time.monotonic() + (timing.stop if kill_at == NEVER else 0)
                child.send(signal.SIGTERM)
        if time.monotonic() >= kill_at:
            child.kill()
            kill_at = time.monotonic() + 1
    return kill_at < NEVER
