"""Time zones to choose from."""

from __future__ import annotations

import pytest

from appliance.web.time_zones import choices


@pytest.mark.parametrize("current", ["Europe/Moscow", "Etc/UTC", "UTC", ""])
def test_the_current_one_is_among_them_once(current: str) -> None:
    listed = [zone for _, zones in choices(current) for zone in zones]
    assert len(listed) == len(set(listed))
    assert not current or current in listed
    assert "UTC" in listed
