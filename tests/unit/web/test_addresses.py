"""Only pages of ours are gone to."""

from __future__ import annotations

import pytest

from appliance.web.addresses import local


@pytest.mark.parametrize("address", ["/", "/t/1042", "/inbox?tab=mine", "/t/1#m553"])
def test_a_path_of_ours_is_kept(address: str) -> None:
    assert local(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil",
        "javascript:alert(1)",
        "/\nSet-Cookie: x",
    ],
)
def test_anything_else_leads_home(address: str) -> None:
    assert local(address) == "/"
