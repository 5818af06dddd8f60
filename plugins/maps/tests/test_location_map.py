"""The map in a real browser: it draws under the desk's policy and asks nobody outside unless told to."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = {"/static/": ROOT / "static", "/maps/static/": ROOT / "plugins" / "maps" / "appliance_maps" / "static"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{images}; media-src 'self'; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PAGE = """<!doctype html><html lang="en" data-theme="light"><meta charset="utf-8"><title>Ticket</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/css/tokens.css"><link rel="stylesheet" href="/maps/static/place.css">
<script type="module" src="/maps/static/location-map.js"></script>
<script type="module" src="/maps/static/copy-coordinates.js"></script>{content}</html>"""
MAP = """<div class="maps-place"><location-map lat="59.94" lon="30.31" accuracy="40" label="Map: Anna"
vendor="/static/vendor/" towns="/maps/towns?language=en"
text-zoom-in="Zoom in" text-zoom-out="Zoom out" text-failed="No map."
text-streets="Show streets" text-offline="No streets." {more}></location-map></div>"""


class Pages(SimpleHTTPRequestHandler):
    """Serves `page` at /, the static folders, and a grey tile below /tiles/."""

    server: Origin

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.path == "/":
            self.answer("text/html; charset=utf-8", self.server.page.encode())
        elif self.path.startswith("/maps/towns?"):
            self.answer("application/json", json.dumps([["<b>Vyborg</b>", 60.7, 28.75, 3]]).encode())
        elif self.path.startswith("/tiles/") and self.server.has_tiles:
            self.answer("image/png", grey_tile())
        else:
            super().do_GET()

    def answer(self, kind: str, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY.format(images=self.server.images))
        super().end_headers()

    def translate_path(self, path: str) -> str:
        for prefix, folder in FOLDERS.items():
            if path.startswith(prefix):
                return str(folder / path.removeprefix(prefix))
        return str(ROOT / "absent")

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 -- the name is the base class's
        """Keep the test's output clean; what was asked stands in `asked`."""


class Origin(ThreadingHTTPServer):
    """A server on a free port of the loopback."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Pages)
        self.page = ""
        self.images = ""
        self.has_tiles = True
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


def grey_tile() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (256, 256), "#777777").save(content, "PNG")
    return content.getvalue()


@contextmanager
def serving() -> Iterator[Origin]:
    with Origin() as origin:
        thread = Thread(target=partial(origin.serve_forever, poll_interval=0.05), daemon=True)
        thread.start()
        yield origin
        origin.shutdown()
        thread.join(timeout=5)


@pytest.fixture
def desk() -> Iterator[Origin]:
    with serving() as origin:
        yield origin


@pytest.fixture
def tile_server() -> Iterator[Origin]:
    with serving() as origin:
        yield origin


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, desk: Origin) -> Iterator[Page]:
    """A page that fails the test if the policy was violated, a script failed, or a third party was asked."""
    complaints: list[str] = []
    with browser.new_context(viewport={"width": 800, "height": 600}) as context:
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.extend(outside(request.url)))
        yield page
    assert complaints == []


def outside(address: str) -> list[str]:
    """The address, if it leaves the machine."""
    return [] if address.startswith(("http://127.0.0.1:", "data:")) else [address]


def open_map(page: Page, desk: Origin, more: str = "") -> Locator:
    desk.page = PAGE.format(content=MAP.format(more=more))
    page.goto(desk.address)
    return wait_for_outline(page)


def wait_for_outline(page: Page, countries: int = 240) -> Locator:
    """The map, once it holds so many countries; the fine outline has 241, the coarse one 177."""
    page.locator("location-map path.land").nth(countries - 1).wait_for(state="attached")
    return page.locator("location-map")


def colours_of(locator: Locator) -> set[object]:
    picture = Image.open(io.BytesIO(locator.screenshot())).convert("RGB")
    return {colour for count, colour in picture.getcolors(1 << 20) or [] if count > 1000}


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
