"""The map in a real browser: it draws under the desk's policy and asks nobody outside unless told to."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from plugins.maps.tests.map_pages import (
    MAP,
    PAGE,
    Origin,
    browser,
    colours_of,
    desk,
    open_map,
    page,
    tile_server,
    wait_for_outline,
)

__all__ = ["browser", "desk", "page", "tile_server"]


def test_the_outline_draws_without_asking_anyone_outside(page: Page, desk: Origin) -> None:
    location = open_map(page, desk)
    land, water = (255, 255, 255), (0xDD, 0xEF, 0xF3)
    assert {land, water} <= colours_of(location)
    assert "/static/vendor/world-atlas/countries-50m.json" in desk.asked


def test_the_pin_stands_on_the_place_in_the_middle(page: Page, desk: Origin) -> None:
    location = open_map(page, desk)
    pin, frame = location.locator(".pin").bounding_box(), location.bounding_box()
    assert pin is not None
    assert frame is not None
    assert pin["x"] + 16 == pytest.approx(frame["x"] + frame["width"] / 2, abs=2)
    assert pin["y"] + 39 == pytest.approx(frame["y"] + frame["height"] / 2, abs=2)


def test_nothing_is_fetched_before_the_map_comes_into_view(page: Page, desk: Origin) -> None:
    desk.page = PAGE.format(content="<p>hello</p>" * 100 + MAP.format(more=""))
    page.goto(desk.address)
    page.wait_for_load_state("networkidle")
    assert not [path for path in desk.asked if "leaflet" in path or "world-atlas" in path]
    page.locator("location-map").scroll_into_view_if_needed()
    wait_for_outline(page)


def test_a_live_location_moves_its_pin_on_the_same_map(page: Page, desk: Origin) -> None:
    location = open_map(page, desk)
    before = location.locator(".pin").bounding_box()
    frame = location.locator(".map").element_handle()
    location.evaluate("map => { map.setAttribute('lat', '59.5'); map.setAttribute('heading', '80') }")
    after = location.locator(".pin").bounding_box()
    assert before is not None
    assert after is not None
    assert after["y"] > before["y"]
    assert location.locator(".arrow").get_attribute("transform") == "rotate(80 16 14.5)"
    assert frame is not None
    assert frame.evaluate("(old, map) => map.shadowRoot.querySelector('.map') === old", location.element_handle())


def test_a_live_location_is_followed_out_of_view(page: Page, desk: Origin) -> None:
    location = open_map(page, desk)
    location.evaluate("map => map.setAttribute('lon', '69.28')")
    frame, pin = location.bounding_box(), location.locator(".pin").bounding_box()
    assert frame is not None
    assert pin is not None
    assert frame["x"] <= pin["x"] <= frame["x"] + frame["width"]


def test_the_keyboard_reaches_the_map_and_zooms_out_to_the_coarse_outline(page: Page, desk: Origin) -> None:
    location = open_map(page, desk)
    page.keyboard.press("Tab")
    assert location.evaluate("map => map.shadowRoot.activeElement.getAttribute('aria-label')") == "Map: Anna"
    # With Shift it goes three steps at once.
    page.keyboard.press("Shift+Minus")
    expect(page.locator("location-map path.land")).to_have_count(177)
    assert "/static/vendor/world-atlas/countries-110m.json" in desk.asked


def test_towns_are_named_as_plain_text(page: Page, desk: Origin) -> None:
    location = open_map(page, desk)
    expect(location.locator(".town span")).to_have_text("<b>Vyborg</b>")
    assert "GeoNames" in location.locator(".leaflet-control-attribution").inner_text()


def test_a_name_leads_to_no_second_question_while_the_view_stays_within(page: Page, desk: Origin) -> None:
    location = open_map(page, desk)
    location.locator(".town").wait_for(state="attached")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    location.locator(".town").wait_for(state="attached")
    assert len([path for path in desk.asked if path.startswith("/maps/towns")]) == 1


def test_it_draws_again_after_it_was_moved_within_the_page(page: Page, desk: Origin) -> None:
    location = open_map(page, desk)
    location.evaluate("map => document.body.append(map)")
    wait_for_outline(page)
    assert location.locator(".map").count() == 1


def test_the_dark_theme_recolours_a_drawn_map(page: Page, desk: Origin) -> None:
    location = open_map(page, desk)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert {(0x15, 0x1A, 0x1F), (0x17, 0x34, 0x3C)} <= colours_of(location)


def test_streets_are_asked_for_only_on_a_click(page: Page, desk: Origin, tile_server: Origin) -> None:
    desk.images = f" {tile_server.address}"
    location = open_map(page, desk, f'tiles="{tile_server.address}/tiles/{{z}}/{{x}}/{{y}}.png" tiles-mode="click"')
    assert tile_server.asked == []
    location.get_by_role("button", name="Show streets").click()
    # Streets fade in; before that the outline shows through them.
    location.locator("img.leaflet-tile-loaded").first.wait_for()
    expect(location.locator("img.leaflet-tile:not([style*='opacity: 1'])")).to_have_count(0)
    assert all(path.startswith("/tiles/15/") for path in tile_server.asked)
    assert (0x77, 0x77, 0x77) in colours_of(location)


def test_the_credit_of_the_streets_is_shown_as_plain_text(page: Page, desk: Origin, tile_server: Origin) -> None:
    desk.images = f" {tile_server.address}"
    tiles = f'tiles="{tile_server.address}/tiles/{{z}}/{{x}}/{{y}}.png" tiles-mode="on"'
    location = open_map(page, desk, tiles + ' tiles-credit="&lt;b&gt;Streets&lt;/b&gt;"')
    assert "<b>Streets</b>" in location.locator(".leaflet-control-attribution").inner_text()


def test_without_internet_the_outline_comes_back(browser: Browser, desk: Origin, tile_server: Origin) -> None:
    tile_server.has_tiles = False
    desk.images = f" {tile_server.address}"
    with browser.new_context() as context:
        page = context.new_page()
        tiles = f'tiles="{tile_server.address}/tiles/{{z}}/{{x}}/{{y}}.png" tiles-mode="on"'
        location = open_map(page, desk, tiles)
        location.get_by_role("status").get_by_text("No streets.").wait_for()
        assert (0xDD, 0xEF, 0xF3) in colours_of(location)


def test_a_map_that_cannot_be_loaded_says_so(browser: Browser, desk: Origin) -> None:
    desk.page = PAGE.format(content=MAP.format(more="").replace('"/static/vendor/"', '"/static/absent/"'))
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(desk.address)
        page.locator("location-map").get_by_role("status").get_by_text("No map.").wait_for()


def test_coordinates_are_copied_without_a_clipboard_object(page: Page, desk: Origin) -> None:
    desk.page = PAGE.format(
        content='<copy-coordinates text="55.75580, 37.61730" text-done="Copied"><button type="button">Copy</button>'
        '<span role="status"></span></copy-coordinates><input aria-label="paste here">'
    )
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined })")
    page.goto(desk.address)
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("status").get_by_text("Copied").wait_for()
    page.get_by_label("paste here").focus()
    page.keyboard.press("Control+V")
    assert page.get_by_label("paste here").input_value() == "55.75580, 37.61730"


LONGEST_STEP = """async (address) => {
  const { unroll } = await import("/maps/static/unrolled.js");
  const world = await (await fetch(address)).json();
  const steps = (ring) => ring.slice(1).map(([x, y], at) => (Math.abs(y) === 89 ? 0 : Math.abs(x - ring[at][0])));
  const countries = topojson.feature(world, world.objects.countries).features;
  const rings = ({ type, coordinates }) => coordinates.flat(type === "Polygon" ? 0 : 1);
  const longest = (features) => Math.max(...features.flatMap((one) => rings(one.geometry).flatMap(steps)));
  const russia = unroll(countries.find((one) => one.properties.name === "Russia")).geometry.coordinates;
  const reach = russia.flat(2).map(([x]) => x);
  const found = { rolled: longest(countries), unrolled: longest(countries.map(unroll)) };
  return { ...found, west: Math.min(...reach), east: Math.max(...reach) };
}"""


@pytest.mark.parametrize("detail", ["110m", "50m"])
def test_no_country_is_drawn_back_across_the_whole_world(page: Page, desk: Origin, detail: str) -> None:
    open_map(page, desk)
    found = page.evaluate(LONGEST_STEP, f"/static/vendor/world-atlas/countries-{detail}.json")
    assert found["rolled"] > 180  # as it comes: Russia and Fiji cross the edge of a flat map
    assert found["unrolled"] < 90
    assert found["west"] < -180  # Chukotka is on both edges
    assert found["east"] > 180
