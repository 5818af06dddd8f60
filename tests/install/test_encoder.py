"""The encoder is chosen at the end of an install, and never at its expense."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.install.conftest import Machine

PART = Path(__file__).resolve().parents[2] / "scripts" / "install" / "encoder.sh"


def call(machine: Machine, script: str) -> str:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f'source "{PART}"; data={machine.folder}/data; {script}'],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout + done.stderr


@pytest.fixture
def program(machine: Machine) -> Path:
    machine.pretend("appliance", f'echo said; echo "$@" >>{machine.folder}/asked; exit "${{FAILS:-0}}"')
    return machine.folder / "bin" / "appliance"


def test_it_asks_for_a_choice_and_says_nothing(machine: Machine, program: Path) -> None:
    assert call(machine, f"try_encoder {program}") == ""
    assert (machine.folder / "asked").read_text() == "media choose-encoder --if-needed\n"


def test_it_asks_as_the_services_user(machine: Machine, program: Path) -> None:
    assert call(machine, f'as_somebody() {{ FAILS=0 "$@"; }}; try_encoder {program} as_somebody') == ""
    assert (machine.folder / "asked").exists()


def test_a_choice_that_is_there_costs_nothing(machine: Machine, program: Path) -> None:
    kept = machine.folder / "data" / "plugin-data" / "media" / "encoder.json"
    kept.parent.mkdir(parents=True)
    kept.touch()
    call(machine, f"try_encoder {program}")
    assert not (machine.folder / "asked").exists()


def test_a_failure_is_no_failure_of_the_install(machine: Machine, program: Path) -> None:
    assert call(machine, f"export FAILS=70; try_encoder {program}; echo goes on") == "goes on\n"


def test_a_slow_machine_is_not_waited_for(machine: Machine) -> None:
    machine.pretend("appliance", "exec sleep 300")
    assert call(machine, f"TRIAL_SECONDS=1; try_encoder {machine.folder}/bin/appliance; echo goes on") == "goes on\n"


def test_the_service_sees_the_boards_encoder_and_no_other_device(machine: Machine) -> None:
    device = machine.folder / "video11"
    assert call(machine, f"ENCODER_DEVICE={device}; describe_encoder") == ""
    device.touch()
    lines = call(machine, f"ENCODER_DEVICE={device}; describe_encoder").splitlines()
    assert lines == ["PrivateDevices=no", "DevicePolicy=closed", "DeviceAllow=char-video4linux rw"]
