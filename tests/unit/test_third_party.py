"""THIRD_PARTY.md names everything the box installs or ships, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def names_in_table(heading: str) -> list[str]:
    """The first column of the table below a heading of THIRD_PARTY.md."""
    section = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8").split(f"## {heading}")[1].split("\n## ")[0]
    return [row for row in re.findall(r"^\| ([^|]+?) \|", section, re.MULTILINE) if row != "package"]


def test_it_lists_every_locked_python_package() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==", lock, re.MULTILINE)
    assert names_in_table("Python packages the box installs") == sorted(locked)


def test_it_lists_every_vendored_package_with_its_licence() -> None:
    manifest = json.loads((ROOT / "static" / "vendor" / "manifest.json").read_text(encoding="utf-8"))
    assert names_in_table("Front-end files in this repository") == [e["name"] for e in manifest.values()]
    notices = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    for entry in manifest.values():
        assert re.search(rf"\| {re.escape(entry['name'])} \| [^|]+ \| {entry['licence']} \|", notices)
