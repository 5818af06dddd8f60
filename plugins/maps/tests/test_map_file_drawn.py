"""The owner's map files in a real browser: drawn first, without a request to anybody outside, and fallen back from."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from appliance_maps.archive import read_archive
from plugins.maps.tests.archives import GREEN, write_images, write_vectors
from plugins.maps.tests.map_pages import Origin, browser, colours_of, desk, open_map, page, tile_server

__all__ = ["browser", "desk", "page", "tile_server"]
WATER = (0xDD, 0xEF, 0xF3)
# The colour protomaps-leaflet gives to land, in its light and its dark look.
LAND, DARK_LAND = (0xE2, 0xDF, 0xDA), (0x1F, 0x1F, 0x1F)


def with_file(desk: Origin, file: Path, **changes: object) -> str:
    """The attributes of a map that may use the file."""
    archive = read_archive(file)
    desk.files = file.parent
    described = {
        "address": f"/maps/basemap/1/{file.name}",
        "kind": archive.kind,
        "bounds": archive.bounds,
        "least": archive.least,
        "most": archive.most,
        "credit": archive.credit,
        "layers": archive.layers,
    }
    written = html.escape(json.dumps([described | changes]))
    return f'map-files="{written}" text-beyond="No further."'


def wait_for_tiles(location: Locator) -> Locator:
    """Until every tile is painted and has faded in."""
    location.locator("canvas.leaflet-tile-loaded").first.wait_for()
    expect(location.locator("canvas.leaflet-tile:not([style*='opacity: 1'])")).to_have_count(0)
    return location


def test_images_are_drawn_without_asking_anyone_outside(page: Page, desk: Origin, tmp_path: Path) -> None:
    file = write_images(tmp_path / "town.pmtiles")
    location = wait_for_tiles(open_map(page, desk, with_file(desk, file)))
    assert GREEN in colours_of(location)
    assert WATER not in colours_of(location)
    assert any(path.startswith("/maps/basemap/1/") for path in desk.asked)


def test_vectors_are_drawn_without_asking_anyone_outside(page: Page, desk: Origin, tmp_path: Path) -> None:
    file = write_vectors(tmp_path / "town.pmtiles")
    location = wait_for_tiles(open_map(page, desk, with_file(desk, file)))
    assert LAND in colours_of(location)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    location.locator("canvas.leaflet-tile").first.wait_for()
    assert DARK_LAND in colours_of(wait_for_tiles(location))


def test_vectors_of_an_unknown_kind_are_drawn_plainly(page: Page, desk: Origin, tmp_path: Path) -> None:
    file = write_vectors(tmp_path / "town.pmtiles", layer="gemeinden")
    location = wait_for_tiles(open_map(page, desk, with_file(desk, file)))
    # The quiet colour of areas, a quarter of it over white land.
    assert (0xE3, 0xE8, 0xEA) in colours_of(location)


def test_the_files_own_names_take_the_place_of_towns(page: Page, desk: Origin, tmp_path: Path) -> None:
    location = wait_for_tiles(open_map(page, desk, with_file(desk, write_images(tmp_path / "town.pmtiles"))))
    expect(location.locator(".town")).to_have_count(0)


def test_its_credit_is_shown_as_plain_text(page: Page, desk: Origin, tmp_path: Path) -> None:
    attributes = with_file(desk, write_images(tmp_path / "town.pmtiles"), credit="<b>© OpenStreetMap</b>")
    location = wait_for_tiles(open_map(page, desk, attributes))
    assert "<b>© OpenStreetMap</b>" in location.locator(".leaflet-control-attribution").inner_text()


def test_where_the_file_has_nothing_the_outline_and_its_towns_are_seen(
    page: Page, desk: Origin, tmp_path: Path
) -> None:
    elsewhere = with_file(desk, write_images(tmp_path / "town.pmtiles"), bounds=[0, 0, 1, 1])
    location = open_map(page, desk, elsewhere)
    expect(location.locator(".town")).to_have_count(1)
    assert WATER in colours_of(location)
    assert not any(path.startswith("/maps/basemap/") for path in desk.asked)


def test_streets_are_offered_only_where_no_file_covers_the_place(
    page: Page, desk: Origin, tile_server: Origin, tmp_path: Path
) -> None:
    tiles = f' tiles="{tile_server.address}/tiles/{{z}}/{{x}}/{{y}}.png" tiles-mode="on"'
    location = open_map(page, desk, with_file(desk, write_images(tmp_path / "town.pmtiles")) + tiles)
    wait_for_tiles(location)
    expect(location.get_by_role("button", name="Show streets")).to_have_count(0)
    assert tile_server.asked == []


@pytest.mark.parametrize("write", [write_images, write_vectors])
def test_a_file_that_is_gone_leads_back_to_the_outline(
    browser: Browser, desk: Origin, tmp_path: Path, write: object
) -> None:
    assert callable(write)
    attributes = with_file(desk, write(tmp_path / "town.pmtiles"))
    (tmp_path / "town.pmtiles").write_bytes(bytes(500))
    tiles = ' tiles="http://127.0.0.1:9/{z}/{x}/{y}.png" tiles-mode="click"'
    with browser.new_context() as context:
        location = open_map(context.new_page(), desk, attributes + tiles)
        expect(location.locator(".town")).to_have_count(1)
        expect(location.get_by_role("button", name="Show streets")).to_be_visible()
        assert WATER in colours_of(location)
