"""Locks, list of reasons and project file name the same packages."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLUGINS = sorted((ROOT / "plugins").glob("*/pyproject.toml"))


def normalise(requirement: str) -> str:
    """The package's name as the lock writes it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s\[<>=~!;]", requirement.strip())[0]).lower()


def read_names(name: str) -> set[str]:
    lines = (ROOT / name).read_text().splitlines()
    return {normalise(line) for line in lines if re.match(r"[a-z]", line)}


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_wanted_package_is_locked(name: str) -> None:
    assert read_names(f"{name}.in") <= read_names(f"{name}.lock")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_holds_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash=sha256:)", text, re.MULTILINE)
    for package in re.split(r"\n(?=[a-z])", text.strip()):
        assert "--hash=sha256:" in package


def test_the_browsers_lock_holds_checksums_and_no_registry() -> None:
    lock = json.loads((ROOT / "tests" / "browsers" / "package-lock.json").read_text())
    wanted = json.loads((ROOT / "tests" / "browsers" / "package.json").read_text())["dependencies"]
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert lock["packages"][""]["dependencies"] == wanted
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), name
        assert "resolved" not in entry, name
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_both_locks_pin_the_same_versions() -> None:
    pins = [
        dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    ]
    shared = pins[0].keys() & pins[1].keys()
    assert shared
    assert {name for name in shared if pins[0][name] != pins[1][name]} == set()


def test_every_wanted_package_has_its_reason() -> None:
    lines = re.findall(r"^\| ([a-z][a-z0-9-, ]*) \|", (ROOT / "docs" / "dependencies.md").read_text(), re.MULTILINE)
    reasons = {name for line in lines for name in line.split(", ")} - {"package"}
    assert reasons == read_names("requirements.in") | read_names("requirements-dev.in")


@pytest.mark.parametrize("project", [ROOT / "pyproject.toml", *PLUGINS], ids=lambda project: str(project.parent.name))
def test_core_and_plugins_need_nothing_that_is_not_wanted(project: Path) -> None:
    dependencies = tomllib.loads(project.read_text())["project"].get("dependencies", [])
    assert {normalise(name) for name in dependencies} <= read_names("requirements.in") | {"appliance"}
