"""`appliance disk`: what the page says, for who has a terminal."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from appliance import db
from appliance.models import Contact, Message, Ticket
from appliance.services import settings
from appliance.values import SYSTEM
from appliance.web.running import NAME
from tests.harness.processes import ROOT
from tests.integration.conftest import Site
from tests.unit.services.filed import file, file_in, is_here, store


def run(site: Site, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "APPLIANCE_DATA": str(site.app.extensions[NAME].config.data)}
    command = [sys.executable, "-m", "appliance", "disk", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environ, cwd=ROOT, timeout=120)


@pytest.fixture
def film(site: Site) -> int:
    with db.write() as session:
        session.add(Contact(id=1, name="Anna"))
        session.flush()
        session.add(Ticket(id=1001, contact_id=1))
        session.flush()
        session.add(Message(id=1, ticket_id=1001, kind="incoming"))
    return file_in(1, b"x" * (3 << 20), name="hall.mov")


def test_it_tells_what_fills_the_disk(site: Site, film: int) -> None:
    said = run(site).stdout
    assert "video\t3.0 MB\t1 files" in said
    assert "Anna (1)\t6.0 MB\t1 files" in said


def test_a_dry_run_changes_nothing(site: Site, film: int) -> None:
    assert "would go: 0 originals, 0.0 MB" in run(site, "--dry-run").stdout
    said = run(site, "--dry-run", "--video", "90").stdout
    assert "would go: 1 originals, 3.0 MB" in said
    assert "hall.mov" in said
    assert is_here(file(film).sha256)


def test_it_lets_go_by_the_rules_and_clears_what_is_left_over(site: Site, film: int) -> None:
    left, name = store(b"left over"), file(film).sha256
    settings.set("keep_video_days", "90", SYSTEM)
    said = run(site, "--apply").stdout
    assert "let go: 1 originals, 3.0 MB" in said
    assert "nobody's file: 1" in said
    assert [is_here(left.sha256), is_here(name), file(film).dropped_at is None] == [False, False, False]


@pytest.mark.parametrize("arguments", [("--apply", "--video", "90"), ("--apply", "--dry-run"), ("--video", "-1")])
def test_it_refuses_what_it_cannot_mean(site: Site, arguments: tuple[str, ...]) -> None:
    assert run(site, *arguments).returncode == 2
