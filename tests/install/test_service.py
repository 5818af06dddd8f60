"""What the installer lays down for systemd agrees with itself."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tests.install.conftest import Machine

PARTS = Path(__file__).resolve().parents[2] / "scripts" / "install"


def read_constant(name: str, part: str) -> str:
    found = re.search(rf"^{name}=(\S+)$", (PARTS / part).read_text(), re.MULTILINE)
    assert found
    return found[1]


def read_unit() -> dict[str, list[str]]:
    settings: dict[str, list[str]] = {}
    for line in (PARTS / "appliance.service").read_text().splitlines():
        name, found, value = line.partition("=")
        if found and not line.startswith("#"):
            settings.setdefault(name, []).append(value)
    return settings


def test_the_unit_starts_the_current_release_with_the_settings() -> None:
    unit = read_unit()
    root = read_constant("ROOT", "release.sh")
    assert unit["ExecStart"] == [f"{root}/current/.venv/bin/appliance run"]
    assert unit["EnvironmentFile"] == [read_constant("SETTINGS", "service.sh")]
    assert unit["User"] == [read_constant("ACCOUNT", "service.sh")]
    assert unit["StateDirectory"] == ["appliance"]


def test_the_unit_gives_away_as_little_as_it_can() -> None:
    unit = read_unit()
    for setting in (
        "NoNewPrivileges",
        "PrivateDevices",
        "PrivateTmp",
        "PrivateUsers",
        "ProtectClock",
        "ProtectControlGroups",
        "ProtectHome",
        "ProtectHostname",
        "ProtectKernelLogs",
        "ProtectKernelModules",
        "ProtectKernelTunables",
        "RestrictNamespaces",
        "RestrictRealtime",
        "RestrictSUIDSGID",
        "LockPersonality",
    ):
        assert unit[setting] == ["yes"]
    assert unit["ProtectSystem"] == ["strict"]
    assert unit["CapabilityBoundingSet"] == [""]
    assert unit["UMask"] == ["0077"]


def test_the_supervisor_has_time_to_stop_before_it_is_killed() -> None:
    assert int(read_unit()["TimeoutStopSec"][0]) > 30


def test_the_command_uses_the_same_places() -> None:
    command = (PARTS / "appliance-command").read_text()
    assert f"settings={read_constant('SETTINGS', 'service.sh')}\n" in command
    assert f"program={read_constant('ROOT', 'release.sh')}/current/.venv/bin/appliance\n" in command
    assert f"user={read_constant('ACCOUNT', 'service.sh')}\n" in command


def test_a_setting_is_never_run_as_a_program(machine: Machine) -> None:
    settings, witness = machine.folder / "settings", machine.folder / "witness"
    settings.write_text(f'# a comment\nAPPLIANCE_DATA=/srv/$(touch {witness})\nAPPLIANCE_HOSTS="desk of; ours"\n')
    machine.pretend("id", "echo appliance")
    machine.pretend("program", 'echo "$APPLIANCE_DATA|$APPLIANCE_HOSTS|$*"')
    command = (PARTS / "appliance-command").read_text()
    for name, value in (("settings", settings), ("program", machine.folder / "bin" / "program")):
        command = re.sub(rf"^{name}=.*$", f"{name}={value}", command, count=1, flags=re.MULTILINE)
    machine.pretend("appliance", command)
    result = subprocess.run(
        [machine.folder / "bin" / "appliance", "agent", "add"],
        env={"PATH": f"{machine.folder / 'bin'}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    assert result.stdout == f"/srv/$(touch {witness})|desk of; ours|agent add\n"
    assert not witness.exists()


def test_a_release_holds_what_git_knows_and_nothing_else(machine: Machine) -> None:
    checkout = machine.checkout
    (checkout / "appliance" / "__init__.py").write_text('"""Known."""\n')
    (checkout / "appliance" / "draft.py").write_text("not known\n")
    git = ["git", "-C", str(checkout)]
    subprocess.run([*git, "init", "--quiet"], check=True, timeout=20)
    subprocess.run([*git, "add", "install.sh", "appliance/__init__.py"], check=True, timeout=20)
    target = machine.folder / "release"
    script = f'checkout={checkout}; source "$checkout/scripts/install/release.sh"; copy_checkout {target}'
    subprocess.run(["bash", "-euo", "pipefail", "-c", script], check=True, timeout=20)
    files = sorted(str(file.relative_to(target)) for file in target.rglob("*") if file.is_file())
    assert files == ["appliance/__init__.py", "install.sh"]


def test_an_unpacked_archive_makes_a_release_without_data_and_environment(machine: Machine) -> None:
    checkout = machine.checkout
    for name in ("data/appliance.db", ".venv/bin/python", "appliance/__init__.py"):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).touch()
    target = machine.folder / "release"
    script = f'checkout={checkout}; source "$checkout/scripts/install/release.sh"; copy_checkout {target}'
    subprocess.run(["bash", "-euo", "pipefail", "-c", script], check=True, timeout=20)
    assert (target / "appliance" / "__init__.py").exists()
    assert not (target / "data").exists()
    assert not (target / ".venv").exists()


def test_the_current_release_is_switched_by_one_rename(machine: Machine) -> None:
    for name in ("releases/1", "releases/2"):
        (machine.folder / name).mkdir(parents=True)
    script = (
        f'checkout=; source "{PARTS}/release.sh"; ROOT={machine.folder}; '
        f"switch_release $ROOT/releases/1; switch_release $ROOT/releases/2"
    )
    subprocess.run(["bash", "-euo", "pipefail", "-c", script], check=True, timeout=20)
    assert (machine.folder / "current").readlink() == machine.folder / "releases" / "2"
    assert not (machine.folder / ".next").exists()


def test_the_unit_lets_the_media_children_limit_themselves() -> None:
    filters = " ".join(read_unit()["SystemCallFilter"])
    assert "@resources" not in filters.replace("@system-service", "")
    # setpriv calls it even when it changes nothing.
    assert filters.endswith("capset")
