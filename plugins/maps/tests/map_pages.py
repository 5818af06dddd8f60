"""A page with a map on it, served under the desk's policy to a real browser, and a tile server outside."""

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
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.browsers.chromium import launch

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
<script type="module" src="/maps/static/copy-coordinates.js"></script>
<script type="module" src="/maps/static/large-map.js"></script>{content}</html>"""
MAP = """<div class="maps-place"><location-map lat="59.94" lon="30.31" accuracy="40" label="Map: Anna"
vendor="/static/vendor/" sheets="/maps/static/" towns="/maps/towns?language=en"
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
        elif self.path.startswith("/maps/basemap/"):
            self.answer_range(self.server.files / Path(self.path).name)
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

    def answer_range(self, file: Path) -> None:
        first, last = (int(edge) for edge in self.headers["Range"].removeprefix("bytes=").split("-"))
        content = file.read_bytes()
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
        self.send_header("Content-Length", str(len(content[first : last + 1])))
        self.end_headers()
        self.wfile.write(content[first : last + 1])

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
        self.files = ROOT / "absent"
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
        chromium = launch(playwright.chromium)
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
