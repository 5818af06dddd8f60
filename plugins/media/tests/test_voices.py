"""Voices in a real browser: heard, sought, remembered, followed, marked as listened to."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from plugins.media.tests.browsing import SWINGS, Make, Open
from plugins.media.tests.desk import Desk

pytestmark = pytest.mark.e2e
NOT_YET = "not listened to yet"


def test_a_voice_is_heard_and_pauses(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("long.ogg", "voice"), "voice")
    page.goto("/")
    page.get_by_role("button", name="Play the voice message, Anna, 14:07, 0:20").click()
    assert page.evaluate_handle("() => window.sounds.find(each => !each.paused)").evaluate(SWINGS)
    expect(page.get_by_role("slider", name="Position")).to_have_attribute("aria-valuetext", "0:01 of 0:20")
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
    for key, second in (("ArrowRight", 2), ("PageUp", 7), ("PageDown", 2), ("End", 20), ("Home", 0)):
        page.keyboard.press(key)
        expect(slider).to_have_attribute("aria-valuenow", str(second))
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


def test_who_comes_back_hears_on_where_they_left(page: Page, desk: Desk, make: Make) -> None:
    for _ in range(2):
        desk.put(make("long.ogg", "voice"), "voice")
    page.goto("/")
    page.get_by_role("slider").first.focus()
    page.keyboard.press("PageUp")
    page.goto("about:blank")
    page.goto("/")
    expect(page.get_by_role("slider").first).to_have_attribute("aria-valuetext", "0:05 of 0:20")
    expect(page.get_by_role("slider").nth(1)).to_have_attribute("aria-valuetext", "0:00 of 0:20")
    page.get_by_role("button", name="Play the voice message").first.click()
    expect(page.get_by_role("slider").first).to_have_attribute("aria-valuetext", "0:06 of 0:20")


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


def test_a_voice_whose_bubble_is_gone_falls_silent(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("long.ogg", "voice"), "voice")
    page.goto("/")
    page.get_by_role("button", name="Play the voice message").click()
    expect(page.get_by_role("slider")).to_have_attribute("aria-valuenow", "1")
    sound = page.evaluate_handle("() => window.sounds.find(each => !each.paused)")
    page.evaluate("document.querySelector('#bubble-1').remove()")
    sound.evaluate("sound => sound.paused || new Promise(done => { sound.onpause = done })")


def test_the_next_voice_follows_by_itself(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("voice.ogg", "voice"), "voice")
    desk.put(make("long.ogg", "voice"), "voice")
    page.goto("/")
    page.get_by_role("button", name="Play the voice message, Anna").first.click()
    expect(page.get_by_role("slider").nth(1)).to_have_attribute("aria-valuenow", "1")


def test_the_next_voice_waits_for_who_wants_that(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("voice.ogg", "voice"), "voice")
    desk.put(make("long.ogg", "voice"), "voice")
    page.goto("/")
    follow = page.get_by_role("button", name="Go on with the next voice message")
    expect(follow.first).to_have_attribute("aria-pressed", "true")
    follow.first.click()
    expect(follow.nth(1)).to_have_attribute("aria-pressed", "false")
    page.reload()
    expect(follow.first).to_have_attribute("aria-pressed", "false")
    page.evaluate("() => { window.ended = 0; window.sounds[0].addEventListener('ended', () => { window.ended += 1 }) }")
    page.get_by_role("button", name="Play the voice message, Anna").first.click()
    page.evaluate("() => window.ended || new Promise(done => window.sounds[0].addEventListener('ended', done))")
    expect(page.get_by_role("button", name="Play the voice message, Anna")).to_have_count(2)
    assert page.evaluate("() => window.sounds.every(each => each.paused)")


def test_what_was_listened_to_is_told_once_and_loses_its_mark(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("voice.ogg", "voice"), "voice")
    page.goto("/")
    bubble = page.locator("voice-bubble")
    dot = bubble.locator("[part=dot]")
    expect(dot).to_be_visible()
    play = page.get_by_role("button", name="Play the voice message")
    expect(play).to_have_accessible_name(f"Play the voice message, Anna, 14:07, 0:02, {NOT_YET}")
    with page.expect_request("**/files/1/heard") as telling:
        play.click()
    assert telling.value.method == "POST"
    assert telling.value.headers["x-csrftoken"] == "a-token"
    expect(dot).to_be_hidden()
    expect(play).to_have_accessible_name("Play the voice message, Anna, 14:07, 0:02")
    # The box may not know yet when it draws the bubble again.
    with page.expect_response("**/bubbles/1"):
        page.locator("#morph").click()
    expect(dot).to_be_hidden()
    assert desk.heard == [1]


def test_a_voice_that_was_only_begun_keeps_its_mark(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("long.ogg", "voice"), "voice")
    page.goto("/")
    page.get_by_role("button", name="Play the voice message").click()
    expect(page.get_by_role("slider")).to_have_attribute("aria-valuenow", "1")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name=NOT_YET)).to_be_visible()
    assert desk.heard == []


def test_a_video_message_is_listened_to_as_well(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("plain.mp4", "video_note"), "video_note")
    page.goto("/")
    with page.expect_request("**/files/1/heard"):
        page.get_by_role("button", name="Play the video message").click()
    expect(page.locator("round-video [part=dot]")).to_be_hidden()


def test_what_was_listened_to_before_has_no_mark(page: Page, desk: Desk, make: Make) -> None:
    desk.put(make("voice.ogg", "voice"), "voice", heard=True)
    page.goto("/")
    expect(page.get_by_role("button", name="Play the voice message")).to_be_visible()
    expect(page.locator("voice-bubble [part=dot]")).to_be_hidden()


def test_a_voice_that_cannot_be_loaded_says_so(open_page: Open, desk: Desk, make: Make) -> None:
    desk.put(make("voice.ogg", "voice"), "voice")
    del desk.files["1/playable"]
    page = open_page(forgive="status of 404")
    page.goto("/")
    page.get_by_role("button", name="Play the voice message").click()
    expect(page.get_by_text("This cannot be played here. Download it instead.")).to_be_visible()
