"""`appliance demo` as a process of its own, in a folder of its own; and its practice messenger's control."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from appliance_sandbox.control import Control
from tests.harness.ports import find_free_port
from tests.harness.processes import ROOT, LoggedProcess
from tests.harness.waiting import wait_until

PATIENCE = 180.0
LOCALES = {"en": "en_GB.UTF-8", "ru": "ru_RU.UTF-8"}


@dataclass(frozen=True)
class DemoBox:
    """`url` is the desk's. The owner's password is the one the demo made up."""

    url: str
    language: str
    login: str
    password: str
    data: Path
    control: Control

    @property
    def bot_id(self) -> int:
        return int(self.control.bots()[0]["id"])


@contextmanager
def open_demo(folder: Path, language: str) -> Iterator[DemoBox]:
    """A demo in this language that serves; whatever happens, its processes end."""
    folder.mkdir(parents=True, exist_ok=True)
    data, log, port = folder / "demo", folder / "demo.log", find_free_port()
    environ = {"APPLIANCE_DATA": str(data), "APPLIANCE_LISTEN": f"127.0.0.1:{port}", "LANG": LOCALES[language]}
    process = LoggedProcess((sys.executable, "-m", "appliance", "demo"), log, {**environ, "LC_ALL": LOCALES[language]})
    try:
        wait_until(lambda: "listening on" in log.read_text(), "the demo", PATIENCE, shown=log.read_text)
        # Whoever fills the desk writes and goes on; nothing has to be taken back.
        subprocess.run(
            (sys.executable, "-m", "appliance", "set", "undo_seconds", "0"),
            env=environ,
            cwd=ROOT,
            check=True,
            timeout=90,
        )
        # Where the practice messenger keeps its things (plugins/sandbox, rooms).
        room = next(data.rglob("demo.json")).parent
        known = json.loads((room / "demo.json").read_text("utf-8"))
        url, secret = f"http://127.0.0.1:{known['port']}", (room / "control-secret").read_text()
        with Control(url, secret) as control:
            yield DemoBox(f"http://127.0.0.1:{port}", language, known["login"], known["password"], data, control)
    finally:
        process.stop()
