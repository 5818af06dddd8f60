"""`appliance run` with small stand-ins for web and worker, killed in every way."""
from __future__ import annotations

import json
import os
import pty
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from appliance.supervision.run_lock import Running, find_running

pytestmark = pytest.mark.faults
ROOT = Path(__file__).resolve().parents[2]

SUPERVISOR = """
import json, os, sys
from pathlib import Path
from appliance.config import Config
from appliance.supervision.child import ChildSpec
from appliance.supervision.timing import Timing
from appliance.supervisor import run

plan = json.loads(sys.argv[1])
if plan["terminal"]:
    os.open(plan["terminal"], os.O_RDWR)  # a session leader gets it as its controlling terminal
first, *children = [ChildSpec(name, tuple(command), name == "web") for name, command in plan["children"]]
sys.exit(run(Config(Path(plan["data"]), ("127.0.0.1", 8099)), first=first, children=children,
             timing=Timing(**plan["timing"])))
"""

CHILD = """
import os, signal, subprocess, sys, time
from pathlib import Path
from appliance.supervision.heartbeat import Heartbeat

folder, name, manner = Path(sys.argv[1]), sys.argv[2], sys.argv[3]

def note(kind, text):
    with (folder / kind).open("a") as file:
        file.write(f"{text}\\n")

def end(number, frame):
    if manner == "stubborn":
        return
    if manner == "slow":
        time.sleep(1)
    note("ends", name)
    sys.exit(0)

signal.signal(signal.SIGTERM, end)
heartbeat = Heartbeat(alive=lambda: not (folder / f"{name}.stuck").exists(), every=0.1)
heartbeat.start()
if manner == "nurse":
    note("grandchildren", subprocess.Popen(["sleep", "300"]).pid)
note(f"{name}.times", time.monotonic())
note(f"{name}.pids", os.getpid())
if manner.startswith("exit"):
    print(f"{name} says why", file=sys.stderr)
    sys.exit(int(manner.removeprefix("exit")))
heartbeat.ready()
while True:
    time.sleep(60)
"""


def wait_until(happened: Callable[[], object], limit: float = 15) -> None:
    end = time.monotonic() + limit
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


class Box:
    """One supervisor and what its children wrote down."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "log"
        self.started: list[subprocess.Popen[bytes]] = []

    def start(
        self, web: str = "well", worker: str = "well", first: str = "", *, terminal: str = "",
        environ: dict[str, str] | None = None, **timing: float,
    ) -> subprocess.Popen[bytes]:
        manners = {"migrate": first, "web": web, "worker": worker}
        stand_in = [sys.executable, "-c", CHILD, str(self.folder)]
        plan = {
            "data": str(self.data), "timing": {"first_pause": 0.1, **timing}, "terminal": terminal,
            "children": [(name, [*stand_in, name, how] if how else ["true"]) for name, how in manners.items()],
        }
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-c", SUPERVISOR, json.dumps(plan)], stdin=subprocess.DEVNULL, stderr=log,
                start_new_session=True, env={**os.environ, "PYTHONPATH": str(ROOT), **(environ or {})},
            )
        self.started.append(process)
        return process

    def start_ready(
        self, worker: str = "well", first: str = "", **timing: float
    ) -> subprocess.Popen[bytes]:
        process = self.start("well", worker, first, environ=None, terminal="", **timing)
        wait_until(lambda: self.says("ready") and self.numbers("web.pids") and self.numbers("worker.pids"))
        return process

    def lines(self, kind: str) -> list[str]:
        path = self.folder / kind
        return path.read_text().splitlines() if path.exists() else []

    def numbers(self, kind: str) -> list[float]:
        return [float(line) for line in self.lines(kind)]

    def pids(self, name: str) -> list[int]:
        return [int(line) for line in self.lines(f"{name}.pids")]

    def says(self, text: str) -> bool:
        return text in self.log.read_text()


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    box = Box(tmp_path)
    yield box
    for process in box.started:
        process.kill()
        process.wait(5)


def test_it_brings_the_database_up_before_anybody_else_starts(box: Box) -> None:
    box.start_ready(first="exit0")
    migrated = box.numbers("migrate.times")
    assert len(migrated) == 1
    assert migrated[0] < min(box.numbers("web.times") + box.numbers("worker.times"))


def test_it_starts_nothing_after_a_failed_migration_and_shows_why(box: Box) -> None:
    assert box.start(first="exit3").wait(10) == 3
    assert box.says("migrate says why")
    assert not box.pids("web")


def test_it_stops_during_a_migration(box: Box) -> None:
    supervisor = box.start(first="well")
    wait_until(lambda: box.pids("migrate"))
    supervisor.terminate()
    assert supervisor.wait(10) == 0
    assert not is_alive(box.pids("migrate")[0])
    assert not box.pids("web")


def test_it_starts_a_killed_child_again_and_leaves_the_other_alone(box: Box) -> None:
    box.start_ready()
    os.kill(box.pids("web")[0], signal.SIGKILL)
    wait_until(lambda: len(box.pids("web")) == 2)
    assert is_alive(box.pids("web")[1])
    assert len(box.pids("worker")) == 1
    assert box.says("web ended (SIGKILL), starting it again in 0.1 s")


def test_it_kills_a_frozen_child_and_starts_it_again(box: Box) -> None:
    box.start_ready(hang=1.5, last_words=0.1)
    frozen = box.pids("worker")[0]
    os.kill(frozen, signal.SIGSTOP)
    wait_until(lambda: len(box.pids("worker")) == 2)
    assert not is_alive(frozen)
    assert len(box.pids("web")) == 1


def test_it_kills_a_child_whose_work_stands_still_and_writes_down_where(box: Box) -> None:
    box.start_ready(hang=1.5)
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
    assert is_alive(box.pids("web")[0])


def test_it_gives_up_on_a_child_that_says_it_can_never_run(box: Box) -> None:
    assert box.start(web="exit78").wait(10) == 78
    assert len(box.pids("web")) == 1
    assert not any(is_alive(pid) for pid in box.pids("worker"))


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
    supervisor = box.start_ready(worker="stubborn", stop=1.5)
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


def test_a_hangup_signal_starts_everything_anew(box: Box) -> None:
    supervisor = box.start_ready(first="exit0")
    supervisor.send_signal(signal.SIGHUP)
    wait_until(lambda: len(box.pids("web")) == 2 and len(box.pids("worker")) == 2)
    assert len(box.pids("migrate")) == 1
    assert supervisor.poll() is None


def test_it_stops_when_its_terminal_is_closed(box: Box) -> None:
    ours, theirs = pty.openpty()
    supervisor = box.start(terminal=os.ttyname(theirs))
    wait_until(lambda: box.says("ready"))
    os.close(theirs)
    os.close(ours)
    assert supervisor.wait(10) == 0
    assert "web" in box.lines("ends")


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
        box.start(environ=environ, hang=1.5)
        hear_until("READY=1")
        hear_until("STATUS=web runs, worker runs")
        hear_until("WATCHDOG=1")
        os.kill(box.pids("web")[0], signal.SIGSTOP)
        hear_until("STATUS=web hangs, worker runs")
        hear_until("STATUS=web died and starts again, worker runs")
        assert "WATCHDOG=1" not in told
        hear_until("WATCHDOG=1")
        assert len(box.pids("web")) == 2
        box.started[0].terminate()
        hear_until("STOPPING=1")
