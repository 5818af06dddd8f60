"""Bubbles in a real browser, under the desk's policy: they play, seek, speak, and outlive a swap."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # published without types
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from appliance import MadeRendition
from plugins.media.tests.desk import Desk

Make = Callable[[str, str], dict[str, MadeRendition]]
POSITION = "v => v.currentTime"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    """A page that fails the test when the policy was violated or a script failed."""
    complaints: list[str] = []
    with desk.serving() as address, browser.new_context(base_url=address) as context:
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
    assert complaints == []


def moves(film: Locator) -> None:
    film.evaluate("v => new Promise(done => v.addEventListener('timeupdate', () => v.currentTime > 0.2 && done()))")


@pytest.mark.parametrize("name", ["plain.mp4", "phone.mov", "recorder.webm", "old.avi", "old_phone.3gp"])
def test_a_film_plays_and_seeks(page: Page, desk: Desk, make: Make, name: str) -> None:
    desk.put(make(name, "video"), "video")
    page.goto("/")
    film = page.locator("video")
    film.evaluate("v => { v.play() }")
    moves(film)
    assert film.evaluate("v => v.videoWidth") > 0
    film.evaluate("v => new Promise(done => { v.onseeked = done; v.currentTime = 1.5 })")
    assert film.evaluate(POSITION) >= 1.4
    assert page.locator("[data-no-picture]").is_hidden()


def test_a_film_held_upright_stands_upright(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("rotated.mp4", "video"), "video")
    page.goto("/")
    film = page.locator("video")
    film.evaluate("v => { v.play() }")
    moves(film)
    assert film.evaluate("v => v.videoHeight > v.videoWidth")


def test_a_voice_plays_and_pauses(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("voice.ogg", "voice"), "voice")
    page.goto("/")
    page.get_by_role("button", name="Play the voice message, Anna, 14:07, 0:02").click()
    slider = page.get_by_role("slider", name="Position")
    expect(slider).to_have_attribute("aria-valuetext", "0:01 of 0:02")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play the voice message")).to_be_visible()


def test_a_voice_that_ended_stands_at_its_beginning(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("voice.ogg", "voice"), "voice")
    page.goto("/")
    page.get_by_role("button", name="Play the voice message").click()
    slider = page.get_by_role("slider", name="Position")
    expect(slider).to_have_attribute("aria-valuenow", "1")
    expect(page.get_by_role("button", name="Play the voice message")).to_be_visible()
    expect(slider).to_have_attribute("aria-valuenow", "0")


def test_a_voice_is_sought_by_keys_and_by_mouse(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("long.ogg", "voice"), "voice")
    page.goto("/")
    slider = page.get_by_role("slider", name="Position")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuenow", "4")
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuenow", "0")
    frame = slider.bounding_box()
    assert frame is not None
    page.mouse.click(frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
    expect(slider).to_have_attribute("aria-valuenow", "10")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(slider).to_have_attribute("aria-valuenow", "11")


def test_the_speed_is_remembered(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("voice.ogg", "voice"), "voice")
    desk.language = "ru"
    page.goto("/")
    page.get_by_role("button", name="Скорость 1×").click()
    expect(page.get_by_role("button", name="Скорость 1,5×")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Скорость 1,5×")).to_be_visible()


@pytest.mark.parametrize("swap", ["morph", "replace"])
def test_a_voice_goes_on_when_its_bubble_is_swapped(page: Page, desk: Desk, make: Make, swap: str) -> None:
    desk.put(make("long.ogg", "voice"), "voice")
    page.goto("/")
    page.get_by_role("button", name="Play the voice message").click()
    slider = page.get_by_role("slider", name="Position")
    expect(slider).to_have_attribute("aria-valuenow", "1")
    with page.expect_response("**/bubbles/1"):
        page.locator(f"#{swap}").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(slider).to_have_attribute("aria-valuenow", "3")


def test_a_film_goes_on_when_its_bubble_is_morphed(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("plain.mp4", "video"), "video")
    page.goto("/")
    film = page.locator("video")
    film.evaluate("v => { v.loop = true; v.play() }")
    moves(film)
    with page.expect_response("**/bubbles/1"):
        page.locator("#morph").click()
    page.wait_for_timeout(200)
    assert film.evaluate("v => !v.paused && v.loop")


def test_a_voice_whose_bubble_is_gone_falls_silent(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("long.ogg", "voice"), "voice")
    page.goto("/")
    page.get_by_role("button", name="Play the voice message").click()
    expect(page.get_by_role("slider")).to_have_attribute("aria-valuenow", "1")
    playing = """async () => {
      const { player } = await import(document.querySelector('script[src*=voice-bubble]').src.replace(
        /voice-bubble.js.*/, 'voice-player.js'));
      return player.state('/files/1/playable').playing }"""
    assert page.evaluate(playing)
    page.evaluate("document.querySelector('#bubble-1').remove()")
    page.wait_for_timeout(1300)
    assert not page.evaluate(playing)


def test_only_one_thing_is_heard(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("long.ogg", "voice"), "voice")
    desk.put(make("plain.mp4", "video"), "video")
    page.goto("/")
    page.get_by_role("button", name="Play the voice message").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    film = page.locator("video")
    film.evaluate("v => { v.loop = true; v.play() }")
    moves(film)
    expect(page.get_by_role("button", name="Play the voice message")).to_be_visible()
    page.get_by_role("button", name="Play the voice message").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert film.evaluate("v => v.paused")


def test_the_next_voice_follows_by_itself(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("voice.ogg", "voice"), "voice")
    desk.put(make("long.ogg", "voice"), "voice")
    page.goto("/")
    page.get_by_role("button", name="Play the voice message").first.click()
    expect(page.get_by_role("slider").nth(1)).to_have_attribute("aria-valuenow", "1")


def test_a_voice_that_cannot_be_loaded_says_so(browser: Browser, desk: Desk, make: Make) -> None:
    desk.put(make("voice.ogg", "voice"), "voice")
    with desk.serving() as address, browser.new_context(base_url=address) as context:
        page = context.new_page()
        page.route("**/files/1/playable", lambda route: route.abort())
        page.goto("/")
        page.get_by_role("button", name="Play the voice message").click()
        expect(page.get_by_text("This cannot be played here. Download it instead.")).to_be_visible()


def test_a_round_video_plays_by_its_button_and_its_slider(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("plain.mp4", "video_note"), "video_note")
    page.goto("/")
    film = page.locator("video")
    assert not film.evaluate("v => v.controls")
    page.get_by_role("button", name="Play the video message, Anna, 14:07").click()
    moves(film)
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("slider", name="Position").fill("1.5")
    assert film.evaluate(POSITION) >= 1.4


def test_an_animation_moves_while_it_is_seen(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("animation.gif", "animation"), "animation")
    page.goto("/")
    moves(page.locator("video"))


def test_an_animation_stands_still_for_those_who_want_it(browser: Browser, desk: Desk, make: Make) -> None:
    desk.put(make("animation.gif", "animation"), "animation")
    with desk.serving() as address, browser.new_context(base_url=address, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto("/")
        page.wait_for_timeout(500)
        assert page.locator("video").evaluate("v => v.paused && v.currentTime === 0")


def test_a_film_without_a_picture_is_told(page: Page, desk: Desk, make: Make) -> None:
    """Chromium plays the sound of a film it cannot decode and raises no error."""
    desk.put(make("plain.mp4", "video"), "video")
    desk.files["1/playable"] = make("memo.m4a", "voice")["playable"]
    page.goto("/")
    page.locator("video").evaluate("v => { v.play() }")
    expect(page.get_by_text("This browser shows no picture of this video.")).to_be_visible()


def test_photos_open_in_full_size_and_are_walked_by_arrows(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("photo.jpg", "photo"), "photo")
    desk.put(make("photo.heic", "photo"), "photo")
    page.goto("/")
    opener = page.get_by_role("button", name="Open the photo, Anna, 14:07").first
    opener.click()
    dialog = page.get_by_role("dialog", name="Photo, Anna, 14:07")
    picture = dialog.locator("img")
    expect(dialog.get_by_text("1 / 2")).to_be_visible()
    assert picture.evaluate("i => i.decode().then(() => i.naturalHeight)") == 1200
    assert dialog.get_by_role("link", name="Download the original").get_attribute("href") == "/files/1"
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_text("2 / 2")).to_be_visible()
    assert picture.evaluate("i => i.decode().then(() => i.naturalWidth)") == 640
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_text("1 / 2")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_sticker_is_drawn(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("sticker.webm", "sticker"), "sticker")
    page.goto("/")
    assert page.get_by_alt_text("Sticker").evaluate("i => i.decode().then(() => i.naturalWidth)") == 128


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_keeps_anybody_out(page: Page, desk: Desk, make: Make, theme: str) -> None:
    desk.put(make("voice.ogg", "voice"), "voice")
    desk.put(make("plain.mp4", "video"), "video")
    desk.put(make("plain.mp4", "video_note"), "video_note")
    desk.put(make("photo.heic", "photo"), "photo")
    desk.put({}, "video", making="running", progress=40)
    desk.put({}, "video", making="failed", failure="unreadable")
    desk.theme = theme
    page.goto("/")
    # Landmarks and headings are the desk's, not a bubble's.
    found = Axe().run(page, context="article", options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]})
    assert found.response["passes"]
    assert found.response["violations"] == []
