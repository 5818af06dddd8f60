"""`appliance run`: starts web and worker, restarts what dies or hangs, stops them gracefully.

SIGTERM, SIGINT (Ctrl-C): stop; the worker first, so that the desk serves until the last reply has left.
A second one hastens, a third kills. SIGHUP: start web and worker anew; but stop if it came because the
terminal was closed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack

from appliance.config import Config, prepare_data
from appliance.supervision.child import ChildSpec
from appliance.supervision.errand import run_errand
from appliance.supervision.notify import Notifier
from appliance.supervision.run_lock import AlreadyRunningError, RunLock
from appliance.supervision.signals import SignalInbox
from appliance.supervision.speech import say
from appliance.supervision.timing import Timing
from appliance.supervision.watch import Watch

BUSY = 75  # EX_TEMPFAIL
NO_DATA_FOLDER = 73  # EX_CANTCREAT


def role(name: str, *, required: bool = False) -> ChildSpec:
    """The child that runs `appliance NAME` with this very Python."""
    return ChildSpec(name, (sys.executable, "-m", "appliance", name), required)


MIGRATE = role("migrate")
CHILDREN = (role("web", required=True), role("worker"))
TIMING = Timing()


def run(
    config: Config,
    *,
    first: ChildSpec = MIGRATE,
    children: Sequence[ChildSpec] = CHILDREN,
    timing: Timing = TIMING,
) -> int:
    """Serve until told to stop; the exit code.

    0 after a stop, 75 if another one runs on this data folder, 73 if that folder cannot be used, 78 if a child
    says at its start that it can never run so (`signs.HOPELESS`), and what `first` exits with if that fails.
    """
    with ExitStack() as stack:
        inbox = stack.enter_context(SignalInbox())
        try:
            prepare_data(config)
            stack.enter_context(RunLock(config.data, format_listen(config)))
        except AlreadyRunningError as error:
            say(str(error))
            return BUSY
        except OSError as error:
            say(f"cannot use {error.filename or config.data}: {error.strerror}")
            return NO_DATA_FOLDER
        return _serve(config, inbox, first, children, timing)


def _serve(config: Config, inbox: SignalInbox, first: ChildSpec, children: Sequence[ChildSpec], timing: Timing) -> int:
    notifier = Notifier(os.environ, os.getpid())
    # The children read their environment; it says what we were told, also where the command line told it.
    environ = {**os.environ, "APPLIANCE_DATA": str(config.data), "APPLIANCE_LISTEN": format_listen(config)}
    code = run_errand(first, environ, inbox, notifier, timing)
    if code is None:
        return 0
    return code or Watch(children, environ, inbox, notifier, timing).run()


def format_listen(config: Config) -> str:
    """'host:port', with brackets around an IPv6 host."""
    host, port = config.listen
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
