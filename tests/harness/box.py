"""A real appliance: its own data folder, set up by the command line, running on a free loopback port."""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from tests.harness.ports import find_free_port
from tests.harness.processes import ROOT, LoggedProcess, children_of, command_of, find_processes, wait_for_end
from tests.harness.waiting import wait_until

OWNER = "owner"
PASSWORD = "a long enough password"
COMMAND_SECONDS = 90.0
START_SECONDS = 90.0
KEPT_FILES = """
    SELECT sha256 FROM file WHERE state = 'ready' UNION SELECT sha256 FROM rendition WHERE sha256 != ''
"""
WAITS = (
    ("delivery", "next_try_at"),
    ("delivery", "not_before"),
    ("file", "next_try_at"),
    ("address", "paused_until"),
    ("connection", "paused_until"),
)
# An environment that is the machine's, not the developer's.
FOREIGN = "APPLIANCE_"
_BEGUN: list[Path] = []


class Box:
    """`kill("worker")` and `kill("web")` are what it must survive; `read` looks at its rows meanwhile."""

    def __init__(self, folder: Path, environ: Mapping[str, str] | None = None) -> None:
        """`environ`: further variables for it while it runs, and for its staff."""
        self._environ = environ or {}
        self.data = folder / "data"
        self.log = folder / "box.log"
        self.port = find_free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.kills = 0
        # After a death the supervisor waits, longer each time; a start forgets that.
        self.wounded = False
        self._run: LoggedProcess | None = None
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def environ(self) -> Mapping[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        ours = {"APPLIANCE_DATA": str(self.data), "APPLIANCE_LISTEN": f"127.0.0.1:{self.port}"}
        return {**inherited, **ours, **self._environ}

    def command(self, *arguments: str, typed: str = "") -> str:
        """Run `appliance …` to its end with `typed` on standard input; what it printed. Fails when it fails."""
        done = subprocess.run(
            [sys.executable, "-m", "appliance", *arguments],
            input=typed,
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
            env={name: value for name, value in self.environ.items() if name not in self._environ},
            cwd=ROOT,
            check=False,
        )
        said = done.stdout + done.stderr
        self._note(f"$ appliance {' '.join(arguments)}\n{said}")
        assert done.returncode == 0, f"appliance {' '.join(arguments)} exits with {done.returncode}:\n{said}"
        return said

    def set_up(self, token: str, api_url: str, *options: str) -> None:
        """Database, owner and connection (with further options), as a person without a browser does it."""
        self._begin()
        self.command("connect", "telegram", "--token-stdin", "--api-url", api_url, *options, typed=f"{token}\n")

    def _begin(self) -> None:
        """Database and owner. Made once a pytest process and copied from then on: a command costs seconds."""
        if _BEGUN:
            shutil.copytree(_BEGUN[0], self.data, dirs_exist_ok=True)
            return
        self.command("migrate")
        self.command("agent", "add", OWNER, "--role", "owner", "--password-stdin", typed=f"{PASSWORD}\n")
        kept = Path(tempfile.mkdtemp(prefix="begun-box-"))
        atexit.register(shutil.rmtree, kept, ignore_errors=True)
        shutil.copytree(self.data, kept, dirs_exist_ok=True)
        _BEGUN.append(kept)

    def start(self) -> None:
        """Returns once the desk serves and the worker has begun its work."""
        self.wounded = False
        self._run = LoggedProcess((sys.executable, "-m", "appliance", "run"), self.log, self.environ)
        self.wait_until_serving()
        wait_until(lambda: self.pid("worker"), "the worker's start", START_SECONDS)

    def stop(self) -> None:
        """Ctrl-C, and nothing is left running."""
        if self._run is None:
            return
        children = list(children_of(self._run.pid))
        self._run.stop()
        wait_for_end(children)
        self._run = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def kill_all(self) -> None:
        """kill -9 for the supervisor; what it had started has to end with it."""
        assert self._run is not None
        children = list(children_of(self._run.pid))
        assert len(children) == 2
        self.wounded = True
        self.kills += 1
        self._run.kill()
        wait_for_end(children)
        self._run = None

    def kill(self, name: str, limit: float = 30.0) -> int:
        """kill -9 for `web`, `worker` or `supervisor`, as soon as there is one; its pid."""
        if name == "supervisor":
            return self._kill_supervisor()
        pid = wait_until(lambda: self.pid(name), f"a {name} that can be killed", limit, every=0.01)
        os.kill(pid, signal.SIGKILL)
        self.kills += 1
        self.wounded = True
        self._note(f"--- killed {name}, pid {pid}\n")
        return pid

    def _kill_supervisor(self) -> int:
        """And the start that systemd makes at once, while the dead one's children may still be there."""
        assert self._run is not None
        pid, children = self._run.pid, list(children_of(self._run.pid))
        self._run.kill()
        self.kills += 1
        self._note(f"--- killed supervisor, pid {pid}\n")
        self.start()
        wait_for_end(children)
        for name in ("web", "worker"):
            wait_until(partial(self._is_alone, name), f"one {name}, not two", 15)
        return pid

    def _is_alone(self, name: str) -> bool:
        """Whether only one living process does this work on our data folder, and it is the supervisor's."""
        mark = f"APPLIANCE_DATA={self.data}"
        return [pid for pid in find_processes(mark) if command_of(pid)[-1:] == [name]] == [self.pid(name)]

    def pid(self, name: str) -> int:
        """Of `supervisor`, `web` or `worker`; 0 when it is just not there."""
        if self._run is None or not self._run.is_running():
            return 0
        if name == "supervisor":
            return self._run.pid
        return next((pid for pid, command in children_of(self._run.pid).items() if command[-1:] == [name]), 0)

    def serves(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def wait_until_serving(self) -> None:
        def serving() -> bool:
            assert self._run is not None
            assert self._run.is_running(), f"the appliance ended at once:\n{self.log.read_text()[-2000:]}"
            return self.serves()

        wait_until(serving, "the desk's first answer", START_SECONDS, shown=lambda: self.log.read_text()[-2000:])

    def read(self, statement: str, *values: object) -> list[dict[str, Any]]:
        """Rows of the database as they are now, without a way to change them."""
        with closing(sqlite3.connect(f"file:{self.data / 'appliance.db'}?mode=ro", uri=True, timeout=20)) as opened:
            opened.row_factory = sqlite3.Row
            return [dict(row) for row in opened.execute(statement, values)]

    def count(self, statement: str, *values: object) -> int:
        """The number a `SELECT count(*) …` answers."""
        return int(next(iter(self.read(statement, *values)[0].values())))

    def pass_time(self, seconds: int) -> None:
        """While it is stopped: as if that time had gone by for everything that waits for a moment."""
        assert self._run is None
        with closing(sqlite3.connect(self.data / "appliance.db")) as opened, opened:
            for table, column in WAITS:
                opened.execute(f"UPDATE {table} SET {column} = {column} - ?", [seconds * 1000])

    def check_database(self) -> None:
        """Fails on a damaged file or a row that points at nothing."""
        assert self.read("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
        assert self.read("PRAGMA foreign_key_check") == []

    def check_files(self) -> int:
        """Fails on bytes that are not what their name says, and on a file whose bytes are not there; how many."""
        kept = {path.name for path in (self.data / "files").glob("??/??/*")}
        for name in kept:
            bytes_of = (self.data / "files" / name[:2] / name[2:4] / name).read_bytes()
            assert hashlib.sha256(bytes_of).hexdigest() == name, f"{name} is half written"
        wanted = {row["sha256"] for row in self.read(KEPT_FILES)}
        assert wanted <= kept, f"gone: {wanted - kept}"
        return len(kept)

    def _note(self, text: str) -> None:
        with self.log.open("a") as file:
            file.write(text)
