"""Flags and their environment twins."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from appliance.config import VARIABLES
from tests.install.conftest import Machine

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "install.md"


def test_help_names_every_flag_and_leaves_everything_alone(machine: Machine) -> None:
    result = machine.run("--help")
    assert result.returncode == 0
    for flag in ("--yes", "--demo", "--port", "--data", "--no-service", "--no-start", "--uninstall", "--purge"):
        assert flag in result.stdout
    assert machine.untouched()


def test_the_manual_describes_every_flag_and_twin_of_the_help(machine: Machine) -> None:
    words = set(re.findall(r"--[a-z-]+|APPLIANCE_[A-Z_]+", machine.run("--help").stdout)) - {"--help"}
    manual = MANUAL.read_text()
    assert {word for word in words if word not in manual} == set()


def test_the_manual_lists_every_exit_code(machine: Machine) -> None:
    messages = machine.checkout / "scripts" / "install" / "messages.sh"
    codes = re.findall(r"^EX_[A-Z]+=(\d+)", messages.read_text(), re.MULTILINE)
    assert len(codes) == 8
    manual = MANUAL.read_text()
    assert [code for code in codes if f"| {code} |" not in manual] == []


@pytest.mark.parametrize(
    ("flags", "word"),
    [
        (["--demon"], "--demon"),
        (["--port"], "--port needs a value"),
        (["--data="], "--data needs a value"),
        (["--port", "eighty"], "'eighty'"),
        (["--port=70000"], "'70000'"),
        (["--port", "0"], "'0'"),
        (["--purge"], "--uninstall"),
        (["--uninstall", "--purge"], "--yes"),
    ],
)
def test_it_refuses_flags_it_cannot_follow(machine: Machine, flags: list[str], word: str) -> None:
    result = machine.run(*flags)
    assert result.returncode == 64
    assert word in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert machine.untouched()


@pytest.mark.parametrize(
    ("name", "value"),
    [("APPLIANCE_DEMO", "perhaps"), ("APPLIANCE_PORT", "http"), ("APPLIANCE_LISTEN", "8080"), ("APPLIANCE_PURGE", "1")],
)
def test_it_refuses_variables_it_cannot_follow(machine: Machine, name: str, value: str) -> None:
    machine.environment.update({"APPLIANCE_PORT": "", name: value})
    result = machine.run()
    assert result.returncode == 64
    assert len(result.stderr.splitlines()) == 1
    assert machine.untouched()


def test_a_cut_copy_runs_nothing(machine: Machine) -> None:
    script = machine.checkout / "install.sh"
    lines = script.read_text().splitlines(keepends=True)
    assert lines[-1] == 'main "$@"\n'
    script.write_text("".join(lines[:-1]))
    result = machine.run("--help")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_the_manual_describes_every_variable_of_the_appliance() -> None:
    manual = MANUAL.read_text()
    assert [name for name in VARIABLES if f"| `{name}` |" not in manual] == []
