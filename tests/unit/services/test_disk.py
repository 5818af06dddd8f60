"""How much room there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.services import disk, status
from tests.unit.services.conftest import Desk


def test_a_disk_with_room_is_not_full(tmp_path: Path) -> None:
    assert disk.free(tmp_path) > 0
    assert not disk.is_full(tmp_path)


def test_the_status_page_says_that_the_disk_is_full(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "free", lambda _data: disk.FULL - 1)
    assert "[fail] Disk: The disk is full" in status.as_text(status.checks(tmp_path, "en"), "en")
