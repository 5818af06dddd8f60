"""From one release to the next, and back: with a service manager and a program made for this test."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.harness.ports import find_free_port
from tests.install.conftest import SOURCE, Machine

# What `appliance` does here: its faults are files in its release.
PROGRAM = """
import http.server, os, pathlib, socketserver, sqlite3, sys
release, data = pathlib.Path(__file__).resolve().parents[2], pathlib.Path(os.environ["APPLIANCE_DATA"])
command = sys.argv[1]
if (release / f"{command}-fails").exists():
    sys.exit(f"{command} fails")
with sqlite3.connect(data / "appliance.db") as database:
    if command == "migrate":
        database.execute(f"CREATE TABLE IF NOT EXISTS {release.name} (number)")
    if command == "run":
        database.execute("INSERT INTO messages VALUES (?)", [release.name])
if command != "migrate":
    (data / "served").open("a").write(f"{release.name} {command} {os.getpid()}\\n")
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/healthz" and not (release / f"{command}-is-sick").exists() else 500)
        self.end_headers()
if command != "migrate":
    host, port = os.environ["APPLIANCE_LISTEN"].split(":")
    socketserver.TCPServer.allow_reuse_address = True
    socketserver.TCPServer((host, int(port)), Answer).serve_forever()
"""
# A start returns when the program has written its message, or has ended: what is looked at next is no race.
SYSTEMCTL = """
is_alive() {{ [ -e {folder}/pid ] && kill -0 "$(cat {folder}/pid)" 2>/dev/null; }}
case "$*" in
*is-active*) is_alive ;;
*--property*) if is_alive && [ ! -e {folder}/opt/current/run-is-sick ]; then echo 0; else echo 9; fi ;;
stop*)
    ! is_alive || kill "$(cat {folder}/pid)"
    while is_alive; do sleep 0.1; done
    ;;
start*)
    export APPLIANCE_DATA={folder}/data APPLIANCE_LISTEN={listen}
    setsid {folder}/opt/current/.venv/bin/appliance run >/dev/null 2>&1 </dev/null 9<&- &
    echo $! >{folder}/pid
    for attempt in $(seq 100); do
        ! grep -qsx "v[0-9] run $!" {folder}/data/served && kill -0 $! || break
        sleep 0.1
    done
    ;;
esac
"""
WITHOUT_ROOT = 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"'


@dataclass
class Service:
    """A service at release 1 with one message in its database."""

    machine: Machine
    listen: str

    def release(self, name: str, *faults: str) -> Path:
        folder = self.machine.folder / "opt" / "releases" / name
        programs = folder / ".venv" / "bin"
        programs.mkdir(parents=True)
        (programs / "python").symlink_to(sys.executable)
        (programs / "appliance").write_text(f"#!{sys.executable}\n{PROGRAM}")
        (programs / "appliance").chmod(0o755)
        (folder / "scripts").mkdir()
        (folder / "scripts" / "install").symlink_to(SOURCE / "scripts" / "install")
        for fault in faults:
            (folder / fault).touch()
        return folder

    def replace(self, release: Path) -> subprocess.CompletedProcess[str]:
        folder = self.machine.folder
        script = (self.machine.checkout / "install.sh").read_text().replace('\nmain "$@"\n', "\n")
        runner = self.machine.checkout / "replace.sh"
        runner.write_text(
            f"{script}\nload_parts\nread_options\nscratch=$(mktemp -d)\ntrap clean_up EXIT\ncaller_locale=unset\n"
            f"shopt -s nullglob\nROOT={folder}/opt SETTINGS={folder}/settings\n"
            f"UNIT={folder}/unit COMMAND={folder}/command\n"
            f"data={folder}/data listen={self.listen} port={self.listen.split(':')[1]}\n"
            f'release={release} previous=$(readlink "$ROOT/current")\nreplace_release\n'
        )
        return subprocess.run(
            ["bash", runner],
            env={"PATH": f"{folder}/bin:{os.environ['PATH']}"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def current(self) -> str:
        return (self.machine.folder / "opt" / "current").readlink().name

    def served(self) -> list[str]:
        file = self.machine.folder / "data" / "served"
        return file.read_text().splitlines() if file.exists() else []

    def messages(self) -> list[str]:
        with sqlite3.connect(self.machine.folder / "data" / "appliance.db") as database:
            return [name for (name,) in database.execute("SELECT * FROM messages ORDER BY rowid")]

    def is_running(self, name: str) -> bool:
        """The release serves, within some seconds."""
        for _ in range(300):
            process = (self.machine.folder / "pid").read_text().strip()
            if self.served()[-1:] == [f"{name} run {process}"]:
                return self.current() == name
            time.sleep(0.1)
        return False

    def stop(self) -> None:
        subprocess.run([self.machine.folder / "bin" / "systemctl", "stop"], check=True, timeout=20)


@pytest.fixture
def service(machine: Machine) -> Iterator[Service]:
    listen = f"127.0.0.1:{find_free_port()}"
    (machine.folder / "data").mkdir()
    with sqlite3.connect(machine.folder / "data" / "appliance.db") as database:
        database.execute("CREATE TABLE messages (text)")
    machine.pretend("systemctl", SYSTEMCTL.format(folder=machine.folder, listen=listen))
    machine.pretend("setpriv", WITHOUT_ROOT)
    machine.pretend("chown", "exit 0")
    machine.pretend("journalctl", "exit 0")
    made = Service(machine, listen)
    (machine.folder / "opt").mkdir()
    (machine.folder / "opt" / "current").symlink_to(made.release("v1"))
    subprocess.run([machine.folder / "bin" / "systemctl", "start"], check=True, timeout=20)
    assert made.is_running("v1")
    yield made
    made.stop()
    assert [line for line in made.served() if is_alive(line)] == []


def is_alive(line: str) -> bool:
    return Path("/proc", line.split()[2], "cmdline").exists()


def test_a_release_that_works_takes_over(service: Service) -> None:
    result = service.replace(service.release("v2"))
    assert result.returncode == 0, result.stderr
    assert service.is_running("v2")
    assert service.messages() == ["v1", "v2"]


def test_its_trial_ends_before_it_takes_over(service: Service) -> None:
    service.replace(service.release("v2"))
    assert [line.split()[:2] for line in service.served()] == [["v1", "run"], ["v2", "web"], ["v2", "run"]]
    assert [is_alive(line) for line in service.served()] == [False, False, True]


@pytest.mark.parametrize("fault", ["migrate-fails", "web-fails"])
def test_a_release_that_fails_its_trial_never_takes_over(service: Service, fault: str) -> None:
    broken = service.release("v2", fault)
    result = service.replace(broken)
    assert result.returncode == 70
    assert "back at release v1" in result.stderr
    assert service.is_running("v1")
    assert not broken.exists()
    assert ["v2", "run"] not in [line.split()[:2] for line in service.served()]


def test_a_release_that_does_not_start_gives_the_database_back(service: Service) -> None:
    result = service.replace(service.release("v2", "run-fails"))
    assert result.returncode == 70
    assert service.is_running("v1")
    assert service.messages() == ["v1", "v1"]
    with sqlite3.connect(service.machine.folder / "data" / "appliance.db") as database:
        assert not database.execute("SELECT * FROM sqlite_master WHERE name = 'v2'").fetchall()


def test_what_arrived_in_a_sick_release_is_kept_aside(service: Service) -> None:
    result = service.replace(service.release("v2", "run-is-sick"))
    aside = service.machine.folder / "data" / "backups" / "after-failed-upgrade"
    assert result.returncode == 70
    assert str(aside) in result.stderr
    with sqlite3.connect(aside / "appliance.db") as database:
        assert database.execute("SELECT * FROM messages").fetchall() == [("v1",), ("v2",)]


def test_what_arrived_stays_where_the_schema_is_the_same(service: Service) -> None:
    with sqlite3.connect(service.machine.folder / "data" / "appliance.db") as database:
        database.execute("CREATE TABLE v2 (number)")
    service.replace(service.release("v2", "run-is-sick"))
    assert service.is_running("v1")
    assert service.messages() == ["v1", "v2", "v1"]


def test_two_releases_stay(service: Service) -> None:
    service.replace(service.release("v2"))
    service.replace(service.release("v3"))
    assert sorted(path.name for path in (service.machine.folder / "opt" / "releases").iterdir()) == ["v2", "v3"]


def test_a_disk_without_room_for_the_copy_stops_nothing(service: Service) -> None:
    service.machine.pretend("df", "echo head; echo /dev/sda1 8000000 7990000 10000 99% /")
    result = service.replace(service.release("v2"))
    assert result.returncode == 74
    assert service.is_running("v1")
    assert len(service.served()) == 1
