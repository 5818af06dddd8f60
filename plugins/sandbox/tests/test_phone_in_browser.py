"""The practice phone in a real browser: what is said appears by itself, sends need no reload."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from flask import Flask
from playwright.sync_api import Page, expect, sync_playwright

from appliance.web.cookies import SIGN_IN
from appliance.web.running import NAME
from appliance_sandbox import rooms, service
from appliance_sandbox.control import Control, Phone
from appliance_sandbox.phone.line import line
from appliance_sandbox.server.listening import Listener
from tests.browsers.chromium import launch
from tests.harness.waiting import wait_until

from .box import opened_box
from .conftest import Api
from .samples import SAMPLES
from .test_service import free_port

pytestmark = pytest.mark.e2e
# From one character of an element's text to another.
SELECT = """(element, [from, to]) => {
  const range = document.createRange();
  range.setStart(element.firstChild, from);
  range.setEnd(element.firstChild, to);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@dataclass(frozen=True, slots=True)
class Shop:
    """A desk that serves pages, and the messenger behind its practice phone."""

    address: str
    token: str
    control: Control


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with opened_box(tmp_path) as box:
        messenger = service.start(free_port())
        box.switch_on(messenger.port)
        desk = Listener(box.app, 0, threads=16)
        with Control(messenger.url, rooms.control_secret()) as control:
            yield Shop(desk.url, box.token, control)
        end_streams(box.app)
        desk.close()
        line.close()
        messenger.close()


def end_streams(app: Flask) -> None:
    app.extensions[NAME].stopping.set()


@pytest.fixture
def page(shop: Shop) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
        context.add_cookies([{"name": SIGN_IN, "value": shop.token, "url": shop.address}])
        opened = context.new_page()
        opened.set_default_timeout(15_000)
        yield opened
        browser.close()


@pytest.fixture
def anna(shop: Shop) -> Phone:
    person = shop.control.add_customer("Anna", language_code="en")
    return shop.control.phone(shop.control.bots()[0]["id"], person["id"])


def test_a_customer_writes_and_sees_the_answer_come(shop: Shop, page: Page, anna: Phone, client: httpx.Client) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{shop.address}/sandbox/")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator(".said")).to_have_count(1)
    page.get_by_label("Message to the shop").fill("Where is my order?")
    page.keyboard.press("Enter")
    expect(page.locator(".said-mine .bubble").last).to_contain_text("Where is my order?")
    expect(page.get_by_label("Message to the shop")).to_have_value("")
    bot = shop.control.bots()[0]
    api = Api(client, f"{shop.control.ask('GET', '')['url']}/bot{bot['token']}")
    api.result("sendMessage", chat_id=anna.chat_id, text="On its <b>way</b>", parse_mode="HTML")
    expect(page.locator(".said:not(.said-mine) b")).to_have_text("way")
    assert complaints == []


def test_replies_edits_and_files_go_without_reload(shop: Shop, page: Page, anna: Phone) -> None:
    anna.write("first")
    page.goto(f"{shop.address}/sandbox/")
    bubble = page.locator(".said-mine .bubble").first
    bubble.hover()
    bubble.get_by_role("button", name="Edit").click()
    page.get_by_label("Message to the shop").fill("first, corrected")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(bubble).to_contain_text("first, corrected")
    bubble.hover()
    bubble.get_by_role("button", name="Reply").click()
    page.get_by_label("Message to the shop").fill("second")
    page.keyboard.press("Enter")
    expect(page.locator(".bubble-quote")).to_have_text("first, corrected")
    page.set_input_files("input[type=file]", SAMPLES / "flickering-screen.mp4")
    expect(page.locator("video")).to_have_count(1)


def test_a_video_plays_on_while_the_chat_goes_on(shop: Shop, page: Page, anna: Phone) -> None:
    anna.start()
    page.goto(f"{shop.address}/sandbox/")
    page.get_by_role("button", name="Video: flickering screen").click()
    video = page.locator("video")
    expect(video).to_have_count(1)
    video.evaluate("video => video.play()")
    anna.write("and more")
    expect(page.locator(".said-mine .bubble").last).to_contain_text("and more")
    wait_until(lambda: video.evaluate("video => video.currentTime") > 1.5, "the film that plays on")
    assert video.evaluate("video => video.videoWidth") == 480


def test_it_fits_a_phone(shop: Shop, page: Page, anna: Phone) -> None:
    anna.write("x" * 300)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{shop.address}/sandbox/")
    expect(page.locator(".said")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_selected_part_is_quoted(shop: Shop, page: Page, anna: Phone) -> None:
    anna.write("the red one or the blue one")
    page.goto(f"{shop.address}/sandbox/")
    bubble = page.locator(".said-mine .bubble").first
    bubble.locator(".bubble-text").evaluate(SELECT, [4, 11])
    bubble.hover()
    bubble.get_by_role("button", name="Reply").click()
    expect(page.get_by_label("Quote only this part")).to_have_value("red one")
    page.get_by_label("Message to the shop").fill("that")
    page.keyboard.press("Enter")
    expect(page.locator(".bubble-quote")).to_have_text("red one")
    expect(page.get_by_label("Quote only this part")).to_be_hidden()
    assert anna.messages()[-1]["quote"]["text"] == "red one"


def test_a_link_opens_the_bot_with_its_code(shop: Shop, page: Page, anna: Phone) -> None:
    anna.write("hello")
    page.goto(f"{shop.address}/sandbox/")
    page.get_by_label("Open the bot by a link or code").fill("https://t.me/practice_bot?start=till-3")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator(".said-mine .bubble").last).to_contain_text("/start till-3")
    expect(page.get_by_label("Message to the shop")).to_be_visible()


def test_a_group_fits_a_phone_and_takes_several_voices(shop: Shop, page: Page, anna: Phone) -> None:
    anna.write("hello")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{shop.address}/sandbox/")
    page.get_by_label("Title of a new group").fill("The shop in the long street behind the station")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="This group")).to_be_visible()
    page.get_by_label("Name of a new customer").fill("Oleg")
    page.keyboard.press("Enter")
    voices = page.get_by_role("navigation", name="Who writes")
    expect(voices.get_by_role("link", name="Oleg")).to_have_attribute("aria-current", "true")
    page.wait_for_load_state()
    page.get_by_label("Message to the shop").fill("/help")
    page.keyboard.press("Enter")
    expect(page.locator(".said-mine .bubble").last).to_contain_text("/help")
    voices.get_by_role("link", name="Anna").click()
    expect(page.locator(".bubble-author")).to_have_text("Oleg")
    page.get_by_role("button", name="Make the bot an administrator").click()
    expect(page.locator(".group-note")).to_contain_text("reads everything")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
