"""`appliance …`, as a person at the box types it."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance import __version__
from appliance.supervision.run_lock import RunLock

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
BROKEN = """
[project]
name = "appliance-wobbly"
version = "1"
[project.entry-points."appliance.plugins"]
wobbly = "appliance_wobbly"
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(data: Path) -> Run:
    """Run a command to its end; `typed` is its standard input."""

    def call(*arguments: str, typed: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "appliance", *arguments],
            input=typed,
            capture_output=True,
            text=True,
            timeout=60,
            cwd=ROOT,
            env={**os.environ, "APPLIANCE_DATA": str(data), **environ},
            check=False,
        )

    return call


def add_plugin(data: Path, code: str) -> None:
    package = data / "plugins" / "wobbly" / "appliance_wobbly"
    package.mkdir(parents=True)
    (package.parent / "pyproject.toml").write_text(BROKEN)
    (package / "__init__.py").write_text(code)


def test_the_small_commands_import_neither_web_nor_database() -> None:
    code = "from appliance.cli import main; main(standalone_mode=False); print(sorted(sys.modules))"
    for argument in ("--version", "run --help", "web --help"):
        done = subprocess.run(
            [sys.executable, "-c", f"import sys; sys.argv = {['appliance', *argument.split()]!r}; {code}"],
            capture_output=True,
            text=True,
            timeout=60,
            cwd=ROOT,
            check=True,
        )
        assert not {"'flask'", "'sqlalchemy'", "'telegram'"} & set(done.stdout.replace(",", " ").split()), argument


def test_it_knows_its_version(run: Run) -> None:
    assert run("--version").stdout == f"appliance, version {__version__}\n"


def test_the_first_command_makes_a_closed_data_folder(run: Run, data: Path) -> None:
    done = run("setup-code")
    assert done.stdout.startswith("Setup code: ")
    for path in (data, data / "keys", data / "files", data / "appliance.db"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_an_owner_is_added_and_the_password_is_read_from_standard_input(run: Run) -> None:
    add = ("agent", "add", "olga", "--role", "owner", "--name", "Olga P", "--password-stdin")
    assert run(*add, typed="correct horse\n").returncode == 0
    again = run(*add, typed="correct horse\n")
    assert (again.returncode, again.stdout) == (1, "")
    assert "This login exists already." in again.stderr
    assert run("agent", "add", "olga", "--update", "--password-stdin", typed="another password\n").returncode == 0
    assert run("agent", "list").stdout == "olga\towner\tOlga P\n"
    done = run("setup-code")
    assert done.returncode == 1
    assert "set up already" in done.stderr


def test_what_cannot_be_is_one_clear_line(run: Run) -> None:
    done = run("agent", "add", "olga", "--password-stdin", typed="short\n")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert run("agent", "add", "nobody", "--update", "--password-stdin", typed="correct horse\n").returncode == 1
    assert run("agent", "add", "olga", typed="correct horse\n").returncode == 2
    assert run("frobnicate").returncode == 2
    assert "Traceback" not in done.stderr


def test_a_wrong_environment_is_named(run: Run) -> None:
    done = run("setup-code", APPLIANCE_LISTEN="nonsense")
    assert done.returncode == 78
    assert done.stderr.startswith("APPLIANCE_LISTEN is 'nonsense'")


def test_settings_are_shown_and_set(run: Run) -> None:
    assert run("set", "company", "Ромашка").returncode == 0
    assert run("set", "company").stdout == "Ромашка\n"
    assert "company=Ромашка\n" in run("set").stdout
    for arguments in (("set", "language", "de"), ("set", "nonsense", "1"), ("set", "journal_days", "0")):
        done = run(*arguments)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_a_connection_without_internet_is_stored_and_said_so(run: Run, data: Path) -> None:
    token = "123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    connect = ("connect", "telegram", "--token-stdin", "--api-url", "http://127.0.0.1:9", "--title", "Support")
    done = run(*connect, typed=f"{token}\n")
    assert done.returncode == 0
    assert "could not be checked now" in done.stdout
    assert token not in done.stdout + done.stderr
    with sqlite3.connect(data / "appliance.db") as database:
        ((title, secrets),) = database.execute("SELECT title, secrets FROM connection")
    database.close()
    assert title == "Support"
    assert token not in secrets
    again = run(*connect, typed=f"{token}\n")
    assert again.returncode == 1
    assert "Support is connected already." in again.stderr


def test_a_channels_own_form_makes_the_options(run: Run) -> None:
    shown = run("connect", "telegram", "--help").stdout
    for option in ("--token-stdin", "--api-url", "--proxy", "--proxy-stdin", "--title"):
        assert option in shown
    # A secret that opens the account itself is never an argument: other users could read it.
    assert "--token " not in shown
    assert run("connect", "pigeon").returncode == 2
    assert run("connect", "telegram", typed="").returncode == 1
    assert run("connect", "telegram", "--token-stdin", typed="not a token\n").returncode == 1


def test_a_broken_plugin_breaks_no_command(run: Run, data: Path) -> None:
    add_plugin(data, "import sys\nsys.exit('no way')\n")
    listed = run("plugin", "list")
    assert listed.returncode == 0
    assert "wobbly\tbroken: SystemExit: no way" in listed.stdout
    assert "telegram" in listed.stdout
    assert run("--help").returncode == 0
    assert run("set", "company").returncode == 0
    assert "wobbly" not in run("plugin", "list", APPLIANCE_SAFE_MODE="1").stdout


def test_a_plugins_command_runs_with_the_box_open(run: Run, data: Path) -> None:
    code = """
import click
from appliance import box, hookimpl

@click.group("wobble")
def wobble():
    "Wobble with the box."

@wobble.command("show")
@click.argument("name")
def show(name):
    click.echo(f"{name} is {box().setting(name)}")

@hookimpl
def register_commands():
    return [wobble]
"""
    add_plugin(data, code)
    assert "wobble" in run("--help").stdout
    assert run("wobble", "show", "undo_seconds").stdout == "undo_seconds is 5\n"


def test_it_works_beside_a_running_box_but_does_not_migrate_under_it(run: Run, data: Path) -> None:
    run("migrate")
    with RunLock(data, "127.0.0.1:8080"):
        assert run("set", "company", "Daisy").returncode == 0
    (data / "appliance.db").unlink()
    with RunLock(data, "127.0.0.1:8080"):
        done = run("set", "company", "Daisy")
    assert done.returncode == 75
    assert "try again" in done.stderr


def test_web_and_worker_do_not_start_on_an_old_database(run: Run) -> None:
    for role in ("web", "worker"):
        done = run(role, APPLIANCE_LISTEN="127.0.0.1:18999")
        assert done.returncode == 78, done.stderr
        assert "appliance migrate" in done.stderr
        assert "Traceback" not in done.stderr


def test_nothing_to_read_again_is_said(run: Run) -> None:
    assert run("replay").stdout == "0 messages will be read again\n"


def test_the_doctor_says_how_the_box_is_and_fails_with_it(run: Run, data: Path) -> None:
    well = run("doctor")
    assert well.returncode == 0
    assert "look  Connections: Nothing is connected yet." in well.stdout
    assert "ok    Incoming messages: Everything that came in was read." in well.stdout
    add_plugin(data, "raise RuntimeError('worn out')\n")
    ill = run("doctor")
    assert ill.returncode == 1
    assert "FAIL  Plugin wobbly: It does not run: RuntimeError: worn out" in ill.stdout


def test_the_doctor_knows_which_channels_there_are(run: Run) -> None:
    answer = run("doctor", "pigeon", "--live")
    assert answer.returncode == 2
    assert "telegram" in answer.stderr
