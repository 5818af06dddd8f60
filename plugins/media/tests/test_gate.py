from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from appliance_media import gate
from plugins.media.tests.boxed import folder

__all__ = ["folder"]
HOLDER = """
import fcntl, sys, time
lock = open(sys.argv[1], "a")
fcntl.flock(lock, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


@contextmanager
def other_process(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Encodes something, for as long as the block lasts."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder / "encoding.lock")], stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        try:
            assert holder.stdout.readline() == "held\n"
            yield holder
        finally:
            holder.kill()


def test_whoever_comes_second_is_told_so(folder: Path) -> None:
    with gate.alone(patient=False):
        assert gate.is_taken()
        with pytest.raises(gate.Busy), gate.alone(patient=False):
            pass
    assert not gate.is_taken()


def test_it_holds_across_processes_and_a_killed_one_lets_go(folder: Path) -> None:
    with other_process(folder) as holder:
        with pytest.raises(gate.Busy), gate.alone(patient=False):
            pass
        holder.kill()
        holder.wait(10)
        with gate.alone(patient=False):
            assert gate.is_taken()


def test_an_exception_opens_it(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError), gate.alone(patient=False):
        raise ZeroDivisionError
    assert not gate.is_taken()


def test_who_is_patient_waits(folder: Path) -> None:
    entered = threading.Event()

    def wait() -> None:
        with gate.alone(patient=True):
            entered.set()

    with gate.alone(patient=False):
        waiting = threading.Thread(target=wait)
        waiting.start()
        assert not entered.wait(0.5)
    waiting.join(10)
    assert entered.is_set()


def test_who_sends_goes_before_who_is_patient(folder: Path) -> None:
    entered = threading.Event()

    def wait() -> None:
        with gate.alone(patient=True):
            entered.set()

    with gate.alone(patient=True):
        with pytest.raises(gate.Busy), gate.alone(patient=False):
            pass
        waiting = threading.Thread(target=wait)
        waiting.start()
    # The gate is open now, and who was turned away is expected back.
    assert not entered.wait(0.5)
    with gate.alone(patient=False):
        assert not entered.is_set()
    waiting.join(20)
    assert entered.is_set()


def test_without_a_box_nobody_is_kept_waiting() -> None:
    with gate.alone(patient=False), gate.alone(patient=False):
        assert not gate.is_taken()
