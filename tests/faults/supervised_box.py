"""A supervisor with small stand-ins for web and worker, and what these wrote down."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.harness.processes import ROOT
from tests.harness.waiting import wait_until

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
        time.sleep(0.5)
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


class Box:
    """A data folder, the supervisors started on it, and their children's notes.

    A stand-in's manner: well, stubborn (does not hear SIGTERM), slow (to stop), nurse (has a child of its own),
    exitN (ends at once with N). It beats every 0.1 s, but not while a file <name>.stuck exists.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "log"
        self.started: list[subprocess.Popen[bytes]] = []

    def start(
        self,
        web: str = "well",
        worker: str = "well",
        first: str = "",
        *,
        terminal: str = "",
        environ: dict[str, str] | None = None,
        **timing: float,
    ) -> subprocess.Popen[bytes]:
        manners = {"migrate": first, "web": web, "worker": worker}
        stand_in = [sys.executable, "-c", CHILD, str(self.folder)]
        plan = {
            "data": str(self.data),
            "timing": {"first_pause": 0.1, **timing},
            "terminal": terminal,
            "children": [(name, [*stand_in, name, how] if how else ["true"]) for name, how in manners.items()],
        }
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-c", SUPERVISOR, json.dumps(plan)],
                stdin=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
                env={**os.environ, "PYTHONPATH": str(ROOT), **(environ or {})},
            )
        self.started.append(process)
        return process

    def start_ready(self, worker: str = "well", first: str = "", **timing: float) -> subprocess.Popen[bytes]:
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


@contextmanager
def open_box(folder: Path) -> Iterator[Box]:
    """Whatever happens, its supervisors end, and their children with them."""
    box = Box(folder)
    try:
        yield box
    finally:
        for process in box.started:
            process.kill()
            process.wait(5)
