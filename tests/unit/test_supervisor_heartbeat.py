"""The child's side, in a process of its own: what it sets cannot be taken back."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BEGINNING = "import os, time; from appliance.supervision.heartbeat import Heartbeat\n"


class Pipe:
    def __init__(self) -> None:
        self.reader, self.writer = os.pipe()

    def run(self, program: str, number: int | None = None) -> subprocess.CompletedProcess[str]:
        environ = {"PYTHONPATH": str(ROOT), "APPLIANCE_HEARTBEAT_FD": str(number or self.writer)}
        return subprocess.run(
            [sys.executable, "-c", BEGINNING + program],
            env=environ,
            pass_fds=(self.writer,),
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )

    def close_reader(self) -> None:
        os.close(self.reader)
        self.reader = -1

    def beats(self) -> bytes:
        os.set_blocking(self.reader, False)
        try:
            return os.read(self.reader, 4096)
        except BlockingIOError:
            return b""


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    pipe = Pipe()
    yield pipe
    os.close(pipe.writer)
    if pipe.reader >= 0:
        os.close(pipe.reader)


def test_it_beats_at_once_and_on_and_says_when_it_is_ready(pipe: Pipe) -> None:
    pipe.run("h = Heartbeat(every=0.02); h.start(); h.ready(); time.sleep(0.5)")
    beats = pipe.beats()
    assert beats.startswith(b".")
    assert beats.count(b"R") == 1
    assert beats.count(b".") > 3


@pytest.mark.parametrize("alive", ["lambda: False", "lambda: 1 / 0", "lambda: time.sleep(60)"])
def test_it_holds_the_beat_back_when_nothing_moves(pipe: Pipe, alive: str) -> None:
    pipe.run(f"h = Heartbeat({alive}, every=0.02); h.start(); time.sleep(0.3)")
    assert pipe.beats() == b"."


def test_it_does_nothing_without_a_supervisor(pipe: Pipe) -> None:
    ended = pipe.run("del os.environ['APPLIANCE_HEARTBEAT_FD']; h = Heartbeat(); h.start(); h.ready(); h.beat()")
    assert ended.returncode == 0
    assert pipe.beats() == b""


def test_it_writes_into_nothing_but_a_pipe(pipe: Pipe) -> None:
    for number in (1_000, 99_999_999_999_999_999_999):
        assert pipe.run("h = Heartbeat(); h.start(); h.ready()", number).returncode == 0
    ended = pipe.run("h = Heartbeat(); h.start(); h.ready(); print(os.environ.get('APPLIANCE_HEARTBEAT_FD'))")
    assert ended.stdout == "None\n"


def test_what_a_child_starts_itself_cannot_beat_for_it(pipe: Pipe) -> None:
    program = f"Heartbeat().start(); os.execvp('ls', ['ls', '/proc/self/fd/{pipe.writer}'])"
    assert pipe.run(program).returncode != 0


def test_it_ends_when_the_supervisor_died_before_it_could_ask_to_be_told(pipe: Pipe) -> None:
    pipe.close_reader()
    assert pipe.run("Heartbeat().start(); time.sleep(15)").returncode == -15


def test_it_goes_on_when_the_supervisor_does_not_read(pipe: Pipe) -> None:
    ended = pipe.run("h = Heartbeat(); h.start(); [h.beat() for _ in range(100_000)]; print('done')")
    assert ended.stdout == "done\n"
