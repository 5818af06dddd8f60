"""What is looked at before anything is changed: one line and a code of its own for each."""

from __future__ import annotations

import fcntl
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.install.conftest import Machine


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def assert_refused(machine: Machine, code: int, *words: str, flags: tuple[str, ...] = ()) -> None:
    result = machine.run(*flags)
    assert result.returncode == code, result.stderr
    assert len(result.stderr.splitlines()) == 1
    for word in words:
        assert word in result.stderr
    assert machine.untouched()


def describe_system(machine: Machine, text: str) -> None:
    file = machine.folder / "os-release"
    file.write_text(text)
    machine.environment["APPLIANCE_OS_RELEASE"] = str(file)


def test_it_names_the_busy_port(machine: Machine, busy_port: int) -> None:
    assert_refused(machine, 75, f"port {busy_port} is taken", flags=("--port", str(busy_port)))


def test_the_port_of_the_listen_variable_is_checked_too(machine: Machine, busy_port: int) -> None:
    machine.environment.update(APPLIANCE_PORT="", APPLIANCE_LISTEN=f"127.0.0.1:{busy_port}")
    assert_refused(machine, 75, str(busy_port))


def test_it_refuses_another_system(machine: Machine) -> None:
    describe_system(machine, 'ID=fedora\nPRETTY_NAME="Fedora Linux 41"\n')
    assert_refused(machine, 71, "Fedora Linux 41", "APPLIANCE_ANY_SYSTEM=1")


def test_it_takes_another_system_when_told_to(machine: Machine, busy_port: int) -> None:
    describe_system(machine, "ID=fedora\n")
    machine.environment["APPLIANCE_ANY_SYSTEM"] = "1"
    assert_refused(machine, 75, "port", flags=("--port", str(busy_port)))


def test_it_knows_a_child_of_debian(machine: Machine, busy_port: int) -> None:
    describe_system(machine, "ID=linuxmint\nID_LIKE='ubuntu debian'\n")
    assert_refused(machine, 75, "port", flags=("--port", str(busy_port)))


def test_it_refuses_a_32_bit_system(machine: Machine) -> None:
    machine.pretend("dpkg", "echo armhf")
    assert_refused(machine, 71, "armhf", "64-bit")


def test_it_refuses_an_old_python(machine: Machine) -> None:
    machine.forget("python3", "python3.11", "python3.12", "python3.13", "python3.14")
    machine.pretend("python3", 'case "$1" in --version) echo "Python 3.9.2" ;; *) exit 1 ;; esac')
    assert_refused(machine, 71, "3.11", "3.9.2")


def test_it_finds_a_newer_python_beside_an_old_one(machine: Machine, busy_port: int) -> None:
    machine.forget("python3", "python3.11", "python3.12", "python3.13", "python3.14")
    machine.pretend("python3", "exit 1")
    machine.pretend("python3.13", "exit 0")
    assert_refused(machine, 75, "port", flags=("--port", str(busy_port)))


def test_it_refuses_a_full_disk(machine: Machine) -> None:
    machine.pretend("df", "echo head; echo /dev/sda1 8000000 7500000 500000 94% /")
    assert_refused(machine, 74, "488 MB free", "1024 MB")


def test_it_refuses_a_data_folder_that_cannot_be_made(machine: Machine) -> None:
    file = machine.folder / "file"
    file.touch()
    assert_refused(machine, 73, str(file), flags=("--data", str(file)))


def test_it_names_the_missing_package_where_nobody_can_install_it(machine: Machine) -> None:
    machine.forget("ffmpeg", "ffprobe", "sudo")
    machine.pretend("id", 'case "$1" in -u) echo 1000 ;; -un) echo shop ;; esac')
    assert_refused(machine, 69, "ffmpeg", "apt-get install ffmpeg", flags=("--no-start",))


def test_it_names_all_that_is_missing_at_once(machine: Machine) -> None:
    machine.forget("ffmpeg", "ffprobe", "pdfinfo", "pdftoppm", "pdftotext", "sudo")
    machine.pretend("id", 'case "$1" in -u) echo 1000 ;; -un) echo shop ;; esac')
    assert_refused(machine, 69, "apt-get install ffmpeg poppler-utils", flags=("--no-start",))


def test_it_names_venv_where_python_came_without(machine: Machine) -> None:
    machine.forget("python3", "sudo")
    machine.pretend("python3", 'case "$2" in *ensurepip*) exit 1 ;; esac')
    machine.pretend("id", 'case "$1" in -u) echo 1000 ;; -un) echo shop ;; esac')
    assert_refused(machine, 69, "apt-get install python3-venv", flags=("--no-start",))


def test_a_low_port_needs_root(machine: Machine) -> None:
    machine.pretend("id", 'case "$1" in -u) echo 1000 ;; -un) echo shop ;; esac')
    assert_refused(machine, 77, "port 81", flags=("--port", "81"))


def test_two_installers_do_not_work_at_once(machine: Machine) -> None:
    with (machine.checkout / "install.sh").open() as script:
        fcntl.flock(script, fcntl.LOCK_EX)
        assert_refused(machine, 75, "another install.sh")


@pytest.mark.slow
def test_no_network_leaves_no_environment(machine: Machine, tmp_path: Path) -> None:
    machine.environment.update(
        PIP_CONFIG_FILE="/dev/null", PIP_INDEX_URL="http://127.0.0.1:9/", PIP_RETRIES="0", PIP_CACHE_DIR=str(tmp_path)
    )
    assert_refused(machine, 69, "no network", flags=("--no-start",))
