"""`appliance run` ends, gracefully or not, and leaves nothing running."""

from __future__ import annotations

import os
import pty
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.supervision.run_lock import find_running
from tests.faults.supervised_box import Box, open_box
from tests.harness.processes import is_alive
from tests.harness.waiting import wait_until

pytestmark = pytest.mark.faults


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    with open_box(tmp_path) as box:
        yield box


def test_it_stops_during_a_migration(box: Box) -> None:
    supervisor = box.start(first="well")
    wait_until(lambda: box.pids("migrate"))
    supervisor.terminate()
    assert supervisor.wait(10) == 0
    assert not is_alive(box.pids("migrate")[0])
    assert not box.pids("web")


def test_no_child_outlives_a_killed_supervisor_and_the_folder_is_free(box: Box) -> None:
    supervisor = box.start_ready(worker="stubborn")
    supervisor.kill()
    wait_until(lambda: not any(is_alive(pid) for pid in box.pids("web") + box.pids("worker")))
    assert find_running(box.data) is None
    box.start()
    wait_until(lambda: len(box.pids("web")) == 2)


def test_it_stops_the_worker_before_the_web(box: Box) -> None:
    supervisor = box.start_ready(worker="slow")
    supervisor.terminate()
    assert supervisor.wait(10) == 0
    assert box.lines("ends")[-2:] == ["worker", "web"]
    assert find_running(box.data) is None


def test_it_kills_what_does_not_stop_in_time_but_asks_the_rest_before(box: Box) -> None:
    supervisor = box.start_ready(worker="stubborn", stop=6.0)  # the web keeps the last sixth of it
    supervisor.terminate()
    assert supervisor.wait(10) == 0
    assert box.lines("ends")[-1] == "web"
    assert box.says("worker ended (SIGKILL)")
    assert box.says("web ended (exit 0)")


def test_a_second_ctrl_c_hastens_the_end(box: Box) -> None:
    supervisor = box.start_ready(worker="stubborn", haste=0.5)
    began = time.monotonic()
    supervisor.send_signal(signal.SIGINT)
    wait_until(lambda: box.says("stopping"))
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(10) == 0
    assert time.monotonic() - began < 5
    assert not any(is_alive(pid) for pid in box.pids("web") + box.pids("worker"))


def test_it_stops_when_its_terminal_is_closed(box: Box) -> None:
    ours, theirs = pty.openpty()
    supervisor = box.start(terminal=os.ttyname(theirs))
    wait_until(lambda: box.says("ready"))
    os.close(theirs)
    os.close(ours)
    assert supervisor.wait(10) == 0
    assert "web" in box.lines("ends")
