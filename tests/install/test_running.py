"""A second run beside a running one."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.install.conftest import Machine


@contextmanager
def running(data: Path) -> Iterator[None]:
    """Hold a data folder as the supervisor does."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "run.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("4711 192.0.2.7:8085\n")
        lock.flush()
        yield


def list_checkout(machine: Machine) -> list[Path]:
    return sorted(machine.checkout.rglob("*"))


def test_it_says_where_it_runs_and_changes_nothing(machine: Machine) -> None:
    with running(machine.checkout / "data"):
        before = list_checkout(machine)
        result = machine.run()
        assert list_checkout(machine) == before
    assert result.returncode == 0
    assert "already running" in result.stdout
    assert "process 4711" in result.stdout
    assert "http://192.0.2.7:8085/" in result.stdout


def test_it_looks_at_the_data_folder_it_is_told(machine: Machine) -> None:
    with running(machine.folder / "elsewhere"):
        result = machine.run("--data", str(machine.folder / "elsewhere"))
    assert "http://192.0.2.7:8085/" in result.stdout


def test_the_demo_is_a_running_one_of_its_own(machine: Machine) -> None:
    with running(machine.checkout / "data" / "demo"):
        assert "already running" in machine.run("--demo").stdout


def test_what_a_killed_one_left_behind_does_not_count(machine: Machine) -> None:
    with running(machine.checkout / "data"):
        pass
    machine.pretend("dpkg", "echo armhf")
    assert machine.run().returncode == 71
