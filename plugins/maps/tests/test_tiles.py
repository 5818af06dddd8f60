"""Street tiles: only what the owner named, and nothing that could widen the page's policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from appliance_maps.tiles import Tiles, check_address, read_tiles

ADDRESS = "https://{s}.tile.example/v1/{z}/{x}/{y}{r}.png?key=aB-1"


def chosen(address: str = ADDRESS, mode: str = "click") -> Callable[[str], str]:
    return {"maps.tile_address": address, "maps.tiles": mode, "maps.tile_attribution": "© Streets"}.__getitem__


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        (ADDRESS, "https://*.tile.example"),
        ("http://10.0.0.5:8090/{z}/{x}/{y}.png", "http://10.0.0.5:8090"),
        ("https://tiles.example/{z}/{y}/{x}", "https://tiles.example"),
    ],
)
def test_the_policy_gets_the_origin_alone(address: str, origin: str) -> None:
    assert check_address(address) is None
    assert Tiles(address, "", "on").origin == origin


@pytest.mark.parametrize(
    "address",
    [
        "https://tiles.example/{z}/{x}.png",
        "https://tiles.example/{z}/{x}/{y}/{token}.png",
        "https://*/{z}/{x}/{y}.png",
        "https://{x}.example/{z}/{x}/{y}.png",
        "https://a.example;script-src */{z}/{x}/{y}.png",
        "https://a.example/{z}/{x}/{y}.png' onload='x",
        "https://user@a.example/{z}/{x}/{y}.png",
        "ftp://a.example/{z}/{x}/{y}.png",
        "//a.example/{z}/{x}/{y}.png",
        "javascript:{z}{x}{y}",
        "https://a.example/{z}/{x}/{y}.png\n",
    ],
)
def test_any_other_address_is_refused(address: str) -> None:
    assert check_address(address) is not None
    assert read_tiles(chosen(address)) is None


def test_no_address_means_no_tiles() -> None:
    assert check_address("") is None
    assert read_tiles(chosen("")) is None


def test_tiles_that_are_switched_off_are_none() -> None:
    assert read_tiles(chosen(mode="off")) is None
    assert read_tiles(chosen(mode="on")) == Tiles(ADDRESS, "© Streets", "on")


def test_the_button_names_who_is_asked() -> None:
    assert Tiles(ADDRESS, "", "click").host == "tile.example"
