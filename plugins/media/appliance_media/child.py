"""Run a program over a hostile file: limited, niced, out of this process, gone when its time is up."""

from __future__ import annotations

import errno
import os
import selectors
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from appliance_media.reasons import Reason, Refused

MEBIBYTE = 1024 * 1024
NICE = 15
LONG_SECONDS = 60  # what may run as long is kept from others' processor time in every way there is
AUTOGROUP_SECONDS = 0.11  # the kernel lets a user change one that often
TERM_GRACE_SECONDS = 2.0  # a slow encoder does not answer TERM at once; then comes KILL


@dataclass(frozen=True)
class Limits:
    """What one child may use: seconds on the clock and on the processor, bytes of memory, of one file, of stdout."""

    seconds: float = 60
    processor_seconds: int = 60
    memory: int = 1536 * MEBIBYTE
    file_size: int = 1024 * MEBIBYTE
    output: int = 4 * MEBIBYTE


def run(argv: Sequence[str], limits: Limits = Limits(), on_output: Callable[[bytes], None] | None = None) -> bytes:
    """Run `argv` to its end and return its stdout; with `on_output`, chunks go there instead and b"" returns.

    Raises Refused when it fails, is missing, or breaks a limit. An exception out of `on_output` ends the child too.
    """
    deadline = time.monotonic() + limits.seconds
    with tempfile.TemporaryFile() as errors:
        child = _start(argv, limits, errors)
        try:
            output = _collect(child, deadline, limits, on_output)
            _wait(child, deadline)
        finally:
            _end(child)
        if child.returncode != 0:
            raise _refusal(child.returncode, _tail(errors))
    return output


def _start(argv: Sequence[str], limits: Limits, errors: IO[bytes]) -> subprocess.Popen[bytes]:
    if shutil.which(argv[0]) is None:
        raise Refused(Reason.PROGRAM_MISSING, argv[0])
    child = subprocess.Popen(
        [*_leash(limits), *argv],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=errors,  # a file: a pipe nobody reads stops the child at 64 KiB
        cwd="/",
        env={"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "HOME": "/nonexistent"},
        start_new_session=True,
    )
    if limits.seconds >= LONG_SECONDS:
        lower_session(child.pid)
    return child


def lower_session(pid: int) -> None:
    """Linux shares the processor between sessions first (autogroups): in one of its own, nice alone says nothing."""
    for pause in (AUTOGROUP_SECONDS, 0):
        try:
            Path(f"/proc/{pid}/autogroup").write_text(str(NICE))
        except BlockingIOError:  # somebody else's was changed a moment ago
            time.sleep(pause)
        except OSError:  # gone already, or a kernel that does not do so
            return
        else:
            return


def _leash(limits: Limits) -> list[str]:
    """Programs that limit themselves and then become the next one; preexec_fn is unsafe beside threads."""
    return [
        *("setpriv", "--pdeathsig", "KILL", "--"),  # a killed worker leaves no orphan that eats the processor
        "prlimit",
        f"--as={limits.memory}",
        f"--fsize={limits.file_size}",
        f"--cpu={limits.processor_seconds}",
        *("--core=0", "--nofile=64", "--"),
        *("nice", "-n", str(NICE), "ionice", "-t", "-c", "3"),
    ]


def _collect(
    child: subprocess.Popen[bytes],
    deadline: float,
    limits: Limits,
    on_output: Callable[[bytes], None] | None,
) -> bytes:
    output = bytearray()
    for chunk in _chunks(child, deadline):
        if on_output is not None:
            on_output(chunk)
        elif len(output) + len(chunk) > limits.output:
            raise Refused(Reason.TOO_MUCH_WORK, f"wrote more than {limits.output} bytes")
        else:
            output += chunk
    return bytes(output)


def _chunks(child: subprocess.Popen[bytes], deadline: float) -> Iterator[bytes]:
    assert child.stdout is not None  # noqa: S101 - Popen was asked for a pipe
    with child.stdout as pipe, selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if selector.select(left):
                chunk = os.read(pipe.fileno(), 65536)
                if not chunk:
                    return
                yield chunk
    raise Refused(Reason.TOO_MUCH_WORK, "out of time")


def _wait(child: subprocess.Popen[bytes], deadline: float) -> None:
    try:
        child.wait(max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise Refused(Reason.TOO_MUCH_WORK, "out of time") from None


def _end(child: subprocess.Popen[bytes]) -> None:
    for last_word in (signal.SIGTERM, signal.SIGKILL):
        if child.poll() is not None:
            return
        with suppress(ProcessLookupError):
            os.killpg(child.pid, last_word)
        with suppress(subprocess.TimeoutExpired):
            child.wait(TERM_GRACE_SECONDS)


def _refusal(returncode: int, said: str) -> Refused:
    detail = f"exit {returncode}: {said}"
    said = said.casefold()
    if _words_of(errno.ENOSPC) in said:
        return Refused(Reason.NO_SPACE, detail)
    # KILL is how the kernel ends a child at its processor limit or when the box is out of memory.
    if -returncode in (signal.SIGXFSZ, signal.SIGXCPU, signal.SIGKILL) or _words_of(errno.ENOMEM) in said:
        return Refused(Reason.TOO_MUCH_WORK, detail)
    if _words_of(errno.EFBIG) in said:
        return Refused(Reason.TOO_MUCH_WORK, detail)
    return Refused(Reason.UNREADABLE, detail)


def _words_of(error: int) -> str:
    return os.strerror(error).casefold()


def _tail(errors: IO[bytes], size: int = 2000) -> str:
    errors.seek(0, os.SEEK_END)
    errors.seek(max(0, errors.tell() - size))
    return errors.read().decode("utf-8", "replace").strip()
