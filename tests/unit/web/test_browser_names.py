"""A browser as a person knows it."""

from __future__ import annotations

import pytest

from appliance.web.browser_names import browser_name

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (CHROME, "Chrome, Windows"),
        (f"{CHROME} Edg/156.0", "Edge, Windows"),
        (f"{CHROME} YaBrowser/26.1", "Yandex, Windows"),
        ("Mozilla/5.0 (Android 16; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0", "Firefox, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1", "Safari, iPhone"),
    ],
)
def test_it_is_named(agent: str, name: str) -> None:
    assert browser_name(agent) == name
