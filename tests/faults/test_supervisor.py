"""`appliance run` keeps web and worker running, whatever kills or stops them."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.supervision.run_lock import Running, find_running
from tests.faults.supervised_box import Box, open_box
from tests.harness.processes import is_alive
from tests.harness.waiting import wait_until

pytestmark = pytest.mark.faults

HANG = 3.0  # beats come every 0.1 s: a busy machine must not make a living child look dead


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    with open_box(tmp_path) as box:
        yield box


def test_it_brings_the_database_up_before_anybody_else_starts(box: Box) -> None:
    box.start_ready(first="exit0")
    migrated = box.numbers("migrate.times")
    assert len(migrated) == 1
    assert migrated[0] < min(box.numbers("web.times") + box.numbers("worker.times"))


def test_it_starts_nothing_after_a_failed_migration_and_shows_why(box: Box) -> None:
    assert box.start(first="exit3").wait(10) == 3
    assert box.says("migrate says why")
    assert not box.pids("web")


def test_it_starts_a_killed_child_again_and_leaves_the_other_alone(box: Box) -> None:
    box.start_ready()
    os.kill(box.pids("web")[0], signal.SIGKILL)
    wait_until(lambda: len(box.pids("web")) == 2)
    assert is_alive(box.pids("web")[1])
    assert len(box.pids("worker")) == 1
    assert box.says("web ended (SIGKILL), starting it again in 0.1 s")


def test_it_kills_a_frozen_child_and_starts_it_again(box: Box) -> None:
    box.start_ready(hang=HANG, last_words=0.1)
    frozen = box.pids("worker")[0]
    os.kill(frozen, signal.SIGSTOP)
    wait_until(lambda: len(box.pids("worker")) == 2)
    assert not is_alive(frozen)
    assert len(box.pids("web")) == 1


def test_it_kills_a_child_whose_work_stands_still_and_writes_down_where(box: Box) -> None:
    box.start_ready(hang=HANG)
    (box.folder / "worker.stuck").touch()
    wait_until(lambda: box.says("worker hangs"))
    (box.folder / "worker.stuck").unlink()
    wait_until(lambda: len(box.pids("worker")) == 2)
    assert box.says("most recent call first")


def test_it_ends_what_a_dead_child_left_behind(box: Box) -> None:
    box.start_ready(worker="nurse")
    os.kill(box.pids("worker")[0], signal.SIGKILL)
    wait_until(lambda: len(box.pids("worker")) == 2)
    wait_until(lambda: not is_alive(int(box.numbers("grandchildren")[0])))


def test_it_waits_longer_each_time_a_child_dies(box: Box) -> None:
    box.start(worker="exit1", first_pause=0.2, longest_pause=0.8)
    wait_until(lambda: box.says("again in 0.8 s"))
    for pause in ("0.2", "0.4", "0.8"):
        assert box.says(f"worker ended (exit 1), starting it again in {pause} s")
    times = box.numbers("worker.times")
    assert times[2] - times[1] >= 0.4
    assert is_alive(wait_until(lambda: box.pids("web"))[0])


def test_it_gives_up_on_a_child_that_says_it_can_never_run(box: Box) -> None:
    assert box.start(web="exit78").wait(10) == 78
    assert len(box.pids("web")) == 1
    assert not any(is_alive(pid) for pid in box.pids("worker"))


def test_a_hangup_signal_starts_everything_anew(box: Box) -> None:
    supervisor = box.start_ready(first="exit0")
    supervisor.send_signal(signal.SIGHUP)
    wait_until(lambda: len(box.pids("web")) == 2 and len(box.pids("worker")) == 2)
    assert len(box.pids("migrate")) == 1
    assert supervisor.poll() is None


def test_a_second_one_on_the_same_folder_is_refused_in_one_line(box: Box) -> None:
    first = box.start_ready()
    assert find_running(box.data) == Running(first.pid, "127.0.0.1:8099")
    assert box.start().wait(10) == 75
    assert box.says(f"already running (pid {first.pid}, listening on 127.0.0.1:8099)\n")
    assert len(box.pids("web")) == 1
    assert first.poll() is None


def test_it_tells_systemd_when_it_is_ready_and_feeds_the_watchdog_while_the_web_lives(box: Box) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(f"\0appliance-test-{os.getpid()}")
        systemd.settimeout(10)
        told: list[str] = []

        def hear_until(line: str) -> None:
            told.clear()
            while line not in told:
                told.extend(systemd.recv(4096).decode().splitlines())

        environ = {"NOTIFY_SOCKET": f"@appliance-test-{os.getpid()}", "WATCHDOG_USEC": "600000"}
        box.start(environ=environ, hang=HANG, last_words=0.2)
        hear_until("READY=1")
        hear_until("STATUS=web runs, worker runs")
        hear_until("WATCHDOG=1")
        os.kill(box.pids("web")[0], signal.SIGSTOP)
        hear_until("STATUS=web hangs, worker runs")
        hear_until("STATUS=web died and starts again, worker runs")
        assert "WATCHDOG=1" not in told
        hear_until("WATCHDOG=1")
        wait_until(lambda: len(box.pids("web")) == 2)  # it beats before it notes its pid
        box.started[0].terminate()
        hear_until("STOPPING=1")
