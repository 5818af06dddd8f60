"""Taking it away."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.install.conftest import Machine
from tests.install.test_running import running


@pytest.fixture
def installed(machine: Machine) -> Machine:
    (machine.checkout / ".venv" / "bin").mkdir(parents=True)
    (machine.checkout / "data" / "appliance.db").write_text("tickets")
    (machine.checkout / "data" / "files").mkdir()
    return machine


def test_it_keeps_the_data(installed: Machine) -> None:
    result = installed.run("--uninstall")
    assert result.returncode == 0
    assert not (installed.checkout / ".venv").exists()
    assert (installed.checkout / "data" / "appliance.db").read_text() == "tickets"
    assert str(installed.checkout / "data") in result.stdout


def test_purge_deletes_the_data(installed: Machine) -> None:
    assert installed.run("--uninstall", "--purge", "--yes").returncode == 0
    assert installed.untouched()


def test_purge_spares_a_folder_of_something_else(installed: Machine, tmp_path: Path) -> None:
    other = tmp_path / "photos"
    other.mkdir()
    (other / "holiday.jpg").touch()
    result = installed.run("--uninstall", "--purge", "--yes", "--data", str(other))
    assert result.returncode == 64
    assert (other / "holiday.jpg").exists()
    assert (installed.checkout / ".venv").exists()


def test_it_refuses_while_the_appliance_runs(installed: Machine) -> None:
    with running(installed.checkout / "data"):
        assert installed.run("--uninstall").returncode == 75
    assert (installed.checkout / ".venv").exists()


def test_uninstalling_twice_is_no_error(installed: Machine) -> None:
    installed.run("--uninstall")
    assert installed.run("--uninstall").returncode == 0
