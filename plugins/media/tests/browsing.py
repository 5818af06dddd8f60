"""A real browser on the small desk, and what tests look at in it: pictures, sounds, what was said to the box."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from appliance import MadeRendition
from plugins.media.tests.desk import Desk
from tests.browsers.chromium import launch

Make = Callable[[str, str], dict[str, MadeRendition]]
Open = Callable[..., Page]
SECONDS = 15
POSITION = "film => film.currentTime"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
# The voices' player is no part of the page: what plays is remembered here, before any script of the page runs.
LISTEN = """window.sounds = [];
window.Audio = class extends window.Audio { constructor(...all) { super(...all); window.sounds.push(this); } };"""
# How many different colours a small copy of the picture has, in steps of 32: a black one has one.
COLOURS = """(film) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 32, height: 24 });
  const pen = canvas.getContext("2d");
  pen.drawImage(film, 0, 0, 32, 24);
  const { data } = pen.getImageData(0, 0, 32, 24);
  const found = new Set();
  for (let i = 0; i < data.length; i += 4) found.add([data[i] >> 5, data[i + 1] >> 5, data[i + 2] >> 5].join());
  return found.size;
}"""
# Whether the sound of a playing element swings: silence is a flat line.
SWINGS = """async (player) => {
  const listening = new AudioContext();
  await listening.resume();
  const meter = listening.createAnalyser();
  listening.createMediaElementSource(player).connect(meter);
  meter.connect(listening.destination);
  const wave = new Uint8Array(meter.fftSize);
  for (let tries = 0; tries < 200; tries += 1) {
    meter.getByteTimeDomainData(wave);
    if (Math.max(...wave) - Math.min(...wave) > 3) return true;
    await new Promise((passed) => setTimeout(passed, 50));
  }
  return false;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=SECONDS * 1000)
    with sync_playwright() as playwright:
        chromium = launch(playwright.chromium)
        yield chromium
        chromium.close()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def open_page(browser: Browser, desk: Desk) -> Iterator[Open]:
    """Opens the desk's page, with Playwright's options for a browser. The test fails when the policy was violated or a
    script failed; only what has the words of `forgive` in it is expected."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []
    with desk.serving() as address:

        def open_in(forgive: str = "", **options: Any) -> Page:
            def note(words: str) -> None:
                if not forgive or forgive not in words:
                    complaints.append(words)

            contexts.append(browser.new_context(base_url=address, **options))
            page = contexts[-1].new_page()
            page.set_default_timeout(SECONDS * 1000)
            page.add_init_script(LISTEN)
            page.on("console", lambda message: note(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: note(str(error)))
            return page

        yield open_in
        for context in contexts:
            context.close()
    assert complaints == []


@pytest.fixture
def page(open_page: Open) -> Page:
    return open_page()


def start(film: Locator) -> None:
    """Plays, and time passes."""
    film.evaluate("film => { film.loop = true; return film.play() }")
    wait_for(film, "film => film.currentTime > 0.2")


def wait_for(element: Locator, condition: str) -> None:
    """Until the function `condition` of the element is true."""
    again = f"""async (element) => {{
      const holds = {condition};
      for (let tries = 0; tries < {SECONDS * 20}; tries += 1) {{
        if (holds(element)) return true;
        await new Promise((passed) => setTimeout(passed, 50));
      }}
      return false;
    }}"""
    assert element.evaluate(again), condition
