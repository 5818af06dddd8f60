"""Films in a real browser, under the desk's policy: picture, sound, keys, speed, one at a time."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from plugins.media.tests.browsing import COLOURS, POSITION, SWINGS, Make, Open, start, wait_for
from plugins.media.tests.desk import Desk

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("name", ["plain.mp4", "phone.mov", "recorder.webm", "old.avi", "old_phone.3gp"])
def test_a_film_plays_and_seeks(page: Page, desk: Desk, make: Make, name: str) -> None:
    desk.put(make(name, "video"), "video")
    page.goto("/")
    film = page.locator("article video")
    start(film)
    assert film.evaluate(COLOURS) > 3
    assert film.evaluate(SWINGS)
    film.evaluate("v => new Promise(done => { v.loop = false; v.pause(); v.onseeked = done; v.currentTime = 1.5 })")
    assert film.evaluate(POSITION) == pytest.approx(1.5, abs=0.1)
    assert film.evaluate(COLOURS) > 3
    assert page.locator("article [data-no-picture]").is_hidden()


def test_a_film_held_upright_stands_upright(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("rotated.mp4", "video"), "video")
    page.goto("/")
    film = page.locator("article video")
    start(film)
    assert film.evaluate("v => v.videoHeight > v.videoWidth")


def test_a_film_obeys_keys_under_any_alphabet(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("long.mp4", "video"), "video")
    page.goto("/")
    film = page.locator("article video")
    film.focus()
    press(page, "к", "KeyK")
    wait_for(film, "v => !v.paused && v.currentTime > 0")
    page.keyboard.press("Space")
    wait_for(film, "v => v.paused")
    film.evaluate("v => { v.currentTime = 3 }")
    page.keyboard.press("ArrowRight")
    wait_for(film, "v => Math.abs(v.currentTime - 8) < 0.2")
    page.keyboard.press("ArrowLeft")
    wait_for(film, "v => Math.abs(v.currentTime - 3) < 0.2")
    press(page, "ь", "KeyM")
    assert film.evaluate("v => v.muted")
    press(page, "Ю", "Period", shift=True)
    expect(page.get_by_role("button", name="1.5×")).to_have_attribute("aria-pressed", "true")
    press(page, "Б", "Comma", shift=True)
    press(page, "Б", "Comma", shift=True)
    assert film.evaluate("v => v.playbackRate") == 0.5
    press(page, "а", "KeyF")
    wait_for(film, "v => document.fullscreenElement === v")


def press(page: Page, letter: str, code: str, *, shift: bool = False) -> None:
    """A key as a Cyrillic keyboard gives it to the page: the letter is another, the place the same."""
    page.evaluate(
        """([key, code, shiftKey]) => document.activeElement.dispatchEvent(
          new KeyboardEvent('keydown', { key, code, shiftKey, bubbles: true, cancelable: true }))""",
        [letter, code, shift],
    )


def test_the_speed_of_films_is_remembered(page: Page, desk: Desk, make: Make) -> None:
    for _ in range(2):
        desk.put(make("plain.mp4", "video"), "video")
    desk.language = "ru"
    page.goto("/")
    page.locator("#bubble-1").get_by_role("button", name="1,5×").click()
    expect(page.locator("#bubble-2").get_by_role("button", name="1,5×")).to_have_attribute("aria-pressed", "true")
    page.reload()
    film = page.locator("#bubble-2 video")
    start(film)
    assert film.evaluate("v => v.playbackRate") == 1.5


def test_a_film_goes_on_when_its_bubble_is_morphed(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("plain.mp4", "video"), "video")
    page.goto("/")
    film = page.locator("article video")
    start(film)
    film.evaluate("v => { v.mark = 1 }")
    with page.expect_response("**/bubbles/1"):
        page.locator("#morph").click()
    expect(page.locator("#bubble-1")).not_to_have_class("htmx-request")
    assert film.evaluate("v => v.mark === 1 && !v.paused && v.loop")


def test_a_film_that_starts_silences_voices_and_other_films(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("long.ogg", "voice"), "voice")
    desk.put(make("plain.mp4", "video"), "video")
    desk.put(make("plain.mp4", "video"), "video")
    page.goto("/")
    page.get_by_role("button", name="Play the voice message").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    first, second = page.locator("#bubble-2 video"), page.locator("#bubble-3 video")
    start(first)
    expect(page.get_by_role("button", name="Play the voice message")).to_be_visible()
    start(second)
    wait_for(first, "v => v.paused")
    page.get_by_role("button", name="Play the voice message").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    wait_for(second, "v => v.paused")


def test_a_film_without_a_picture_is_told(page: Page, desk: Desk, make: Make) -> None:
    """Chromium plays the sound of a film it cannot decode and raises no error."""
    desk.put(make("plain.mp4", "video"), "video")
    desk.files["1/playable"] = make("memo.m4a", "voice")["playable"]
    page.goto("/")
    page.locator("article video").evaluate("v => { v.play() }")
    expect(page.locator("article").get_by_text("This browser shows no picture of this video.")).to_be_visible()


def test_a_round_video_plays_by_its_button_its_slider_and_keys(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("long.mp4", "video_note"), "video_note")
    page.goto("/")
    film = page.locator("article video")
    assert not film.evaluate("v => v.controls")
    page.get_by_role("button", name="Play the video message, Anna, 14:07").click()
    wait_for(film, "v => v.currentTime > 0.2")
    assert film.evaluate(COLOURS) > 3
    page.keyboard.press("ArrowRight")
    wait_for(film, "v => v.currentTime > 5")
    wait_for(page.locator("round-video circle"), "ring => parseFloat(ring.getAttribute('stroke-dasharray')) > 25")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("slider", name="Position").fill("1.5")
    assert film.evaluate(POSITION) == pytest.approx(1.5, abs=0.1)


def test_an_animation_moves_while_it_is_seen(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("animation.gif", "animation"), "animation")
    page.goto("/")
    wait_for(page.locator("article video"), "v => v.currentTime > 0.2")


def test_an_animation_stands_still_for_those_who_want_it(open_page: Open, desk: Desk, make: Make) -> None:
    desk.put(make("animation.gif", "animation"), "animation")
    page = open_page(reduced_motion="reduce")
    page.goto("/")
    # Watched as any other; seen for longer than it takes the watcher to speak.
    page.evaluate(
        "() => new Promise(seen => { let n = 0; const on = () => ++n > 30 ? seen() : requestAnimationFrame(on); on() })"
    )
    assert page.locator("article video").evaluate("v => v.paused && v.currentTime === 0")


def test_a_sticker_is_drawn(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("sticker.webm", "sticker"), "sticker")
    page.goto("/")
    assert page.get_by_alt_text("Sticker").evaluate("i => i.decode().then(() => i.naturalWidth)") == 128
