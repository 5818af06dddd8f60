"""One running child process and the pipe its heart beats into."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from appliance.supervision.signs import PIPE_VARIABLE, READY


@dataclass(frozen=True)
class ChildSpec:
    """What to run. required: the service is ready, and its watchdog content, only while this one beats."""

    name: str
    command: tuple[str, ...]
    required: bool = False


class Child:
    """A process in a group of its own: a terminal's Ctrl-C passes it by, and what it starts ends with it."""

    def __init__(self, spec: ChildSpec, environ: Mapping[str, str], now: float) -> None:
        """Raises OSError when the machine cannot start another process."""
        self.started = self.last_beat = now
        self.ready_since: float | None = None
        self.beating = False
        self._pipe: int | None
        self._pipe, writer = os.pipe()
        os.set_blocking(self._pipe, False)
        try:
            self._process = subprocess.Popen(
                spec.command,
                stdin=subprocess.DEVNULL,
                pass_fds=(writer,),
                process_group=0,
                env={**environ, PIPE_VARIABLE: str(writer)},
            )
        except OSError:
            self._close_pipe()
            raise
        finally:
            os.close(writer)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def pipe(self) -> int | None:
        """Readable when there are beats; None once the child closed it."""
        return self._pipe

    def hear(self, now: float) -> None:
        """Take in the beats that have arrived."""
        if self._pipe is None:
            return
        try:
            beats = os.read(self._pipe, 65536)
        except BlockingIOError:
            return
        if not beats:
            self._close_pipe()  # it would be readable for ever
            return
        self.last_beat, self.beating = now, True
        if READY in beats and self.ready_since is None:
            self.ready_since = now

    def has_ended(self) -> bool:
        """Whether it is dead, without burying it: its pid, and so its group, stays ours until `bury`."""
        flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self.pid, flags) is not None

    def send(self, number: signal.Signals) -> None:
        """To the child alone; only before `bury`, so the pid cannot be a stranger's."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """The child and all it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)

    def bury(self) -> int:
        """End what it left behind; its exit code, negative for a signal."""
        self.kill()
        self._close_pipe()
        return self._process.wait()

    def _close_pipe(self) -> None:
        if self._pipe is not None:
            os.close(self._pipe)
            self._pipe = None


def describe_exit(code: int) -> str:
    """'exit 1' or 'SIGKILL'."""
    if code >= 0:
        return f"exit {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
