"""The child's side: dies with the supervisor, and shows it that work really goes on."""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import logging
import os
import signal
import stat
import threading
from collections.abc import Callable

from appliance.supervision.signs import BEAT, PIPE_VARIABLE, READY, WHERE_ARE_YOU

PR_SET_PDEATHSIG = 1  # linux/prctl.h
log = logging.getLogger(__name__)


class Heartbeat:
    """Call `start()` first thing in a child, before slow imports, and `ready()` once it serves.

    alive: asked before each beat of the beating thread. False, an exception or no answer holds the beat back;
           a child without a beat for 15 s is killed and started again. It must be quick, and should look at
           what can stand still while other threads go on: a main loop's last turn, a consumer's threads.
    every: seconds between two beats.

    Without a supervisor (a role started by hand) everything here does nothing.
    """

    def __init__(self, alive: Callable[[], bool] = lambda: True, every: float = 1.5) -> None:
        self._alive = alive
        self._every = every
        self._pipe: int | None = None

    def start(self) -> None:
        self._pipe = _take_pipe()
        if self._pipe is None:
            return
        _die_with_parent()
        _show_stacks_on_request()
        self.beat()
        threading.Thread(target=self._beat_on, name="heartbeat", daemon=True).start()

    def ready(self) -> None:
        """Say that the child serves now."""
        self._write(READY)

    def beat(self) -> None:
        """One beat now, without asking `alive`."""
        self._write(BEAT)

    def _beat_on(self) -> None:
        pause = threading.Event()
        while not pause.wait(self._every):
            if self._lives():
                self.beat()

    def _lives(self) -> bool:
        try:
            return self._alive()
        except Exception:
            log.exception("No heartbeat: asking whether this process is alive failed")
            return False

    def _write(self, sign: bytes) -> None:
        if self._pipe is None:
            return
        try:
            os.write(self._pipe, sign)
        except BlockingIOError:
            pass  # the supervisor stands still itself, and finds beats enough in the full pipe later
        except BrokenPipeError:
            # It is gone. The kernel tells us so only if it died after we asked to be told.
            self._pipe = None
            os.kill(os.getpid(), signal.SIGTERM)


def _take_pipe() -> int | None:
    """The supervisor's pipe, taken out of the environment: what we start ourselves must not beat for us."""
    text = os.environ.pop(PIPE_VARIABLE, "")
    if not text.isdecimal() or not _is_pipe(int(text)):
        return None
    pipe = int(text)
    os.set_inheritable(pipe, False)
    os.set_blocking(pipe, False)
    return pipe


def _is_pipe(number: int) -> bool:
    """A left-over variable may name any file: nothing may be written into that."""
    try:
        return stat.S_ISFIFO(os.fstat(number).st_mode)
    except (OSError, OverflowError):
        return False


def _die_with_parent() -> None:
    """No orphan survives a supervisor killed with -9. SIGKILL: a hanging child hears nothing else."""
    # Only Linux has it; elsewhere the broken pipe tells.
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _show_stacks_on_request() -> None:
    """On a crash in C code, and when asked before being killed: files and lines only, no values."""
    faulthandler.enable()
    faulthandler.register(WHERE_ARE_YOU, all_threads=True)
