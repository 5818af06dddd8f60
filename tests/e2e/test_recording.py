"""Voices, films and screens recorded in the composer, with the devices that Chromium makes up for tests."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from appliance_sandbox.control import Phone
from tests.browsers.chromium import launch
from tests.e2e.browsers import Browsers, open_chromium
from tests.e2e.customers import open_ticket
from tests.e2e.recorder import FIVE_SECONDS, THIRTY_SECONDS, Recorder
from tests.e2e.samples import VOICE, path_of
from tests.harness.box import OWNER
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

MADE_UP = "--use-fake-device-for-media-stream"
# Whatever a page asks for is allowed at once, the screen too.
FLAGS = (MADE_UP, "--use-fake-ui-for-media-stream", "--host-resolver-rules=MAP *.lan 127.0.0.1")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with open_chromium(*FLAGS, whole=True) as opened:
        yield opened


@pytest.fixture
def recorder(shop: Shop, browsers: Browsers, ticket: int) -> Recorder:
    """At the owner's desk."""
    return open_recorder(browsers, ticket)


@pytest.fixture
def customer(shop: Shop) -> tuple[Phone, int]:
    return open_ticket(shop)


@pytest.fixture
def phone(customer: tuple[Phone, int]) -> Phone:
    return customer[0]


@pytest.fixture
def ticket(customer: tuple[Phone, int]) -> int:
    return customer[1]


def open_recorder(browsers: Browsers, ticket: int) -> Recorder:
    desk = browsers.open(OWNER)
    desk.open(ticket)
    return Recorder(desk)


def send(recorder: Recorder) -> None:
    recorder.desk.expect_state(recorder.desk.send(), "sent")


def codecs(shop: Shop, file_id: str, folder: Path) -> list[str]:
    """What the messenger was given, as ffprobe sees it: container, then codec and channels of each stream."""
    path = folder / "sent"
    path.write_bytes(shop.sandbox.control.file(shop.bot_id, file_id))
    asked = ("format=format_name:stream=codec_name,channels", "-of", "default=noprint_wrappers=1:nokey=1")
    done = subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", *asked, path], capture_output=True, text=True, check=True
    )
    return sorted(done.stdout.split())


def test_a_voice_is_recorded_heard_and_sent(shop: Shop, recorder: Recorder, phone: Phone, tmp_path: Path) -> None:
    recorder.record("voice")
    assert recorder.player.evaluate("audio => audio.play().then(() => audio.error)") is None
    wait_until(lambda: recorder.player.evaluate("audio => audio.currentTime > 0.3"), "a sound that moves")
    recorder.attach()
    expect(recorder.desk.text).to_be_focused()
    assert recorder.kept() == 0
    recorder.desk.text.fill("Press it twice")
    send(recorder)
    answer = phone.answers()[-1]
    assert answer["caption"] == "Press it twice"
    assert answer["voice"]["duration"] >= 2
    assert codecs(shop, answer["voice"]["file_id"], tmp_path) == ["1", "ogg", "opus"]


def test_a_video_message_is_round_at_the_customers_end(recorder: Recorder, phone: Phone) -> None:
    recorder.record("video_note")
    wait_until(lambda: recorder.player.evaluate("film => film.videoWidth"), "a picture")
    recorder.attach()
    send(recorder)
    assert phone.answers()[-1]["video_note"]["length"] == 384
    expect(recorder.desk.part("video_note")).to_be_visible()


@pytest.mark.parametrize("kind", ["video", "screen"])
def test_camera_and_screen_are_sent_as_videos(recorder: Recorder, phone: Phone, kind: str) -> None:
    recorder.record(kind)
    recorder.attach()
    send(recorder)
    film = phone.answers()[-1]["video"]
    assert film["duration"] >= 2
    assert film["width"] > film["height"] > 0


def test_a_voice_in_a_note_stays_inside(shop: Shop, recorder: Recorder, phone: Phone) -> None:
    before = len(phone.answers())
    recorder.desk.choose("note")
    recorder.record("voice")
    recorder.attach()
    recorder.desk.send()
    expect(recorder.desk.bubbles.last.locator("voice-bubble")).to_be_visible()
    shop.settle()
    assert len(phone.answers()) == before


def test_a_short_recording_is_cancelled_at_once(recorder: Recorder) -> None:
    recorder.press("voice")
    recorder.expect_state("recording")
    expect(recorder.button("Stop")).to_be_focused()
    recorder.do("Cancel")
    expect_nothing(recorder)


def test_cancelling_a_longer_one_asks_first(recorder: Recorder) -> None:
    recorder.begin("voice", FIVE_SECONDS)
    recorder.desk.page.keyboard.press("Escape")
    expect(recorder.panel).to_contain_text("Discard the recording of")
    expect(recorder.button("Keep")).to_be_focused()
    recorder.do("Keep")
    expect(recorder.button("Stop")).to_be_focused()
    recorder.stop()
    recorder.do("Discard")
    expect(recorder.button("Keep")).to_be_focused()
    recorder.desk.page.keyboard.press("Shift+Tab")
    recorder.panel.locator("[data-question]").get_by_role("button", name="Discard").click()
    expect_nothing(recorder)


def expect_nothing(recorder: Recorder) -> None:
    recorder.expect_state("")
    expect(recorder.opener).to_be_focused()
    expect(recorder.desk.page.locator(".tray-item")).to_have_count(0)
    wait_until(lambda: recorder.kept() == 0, "an empty shelf")


def test_a_pause_is_no_part_of_it(recorder: Recorder, ticket: int) -> None:
    page = recorder.desk.page
    page.clock.install()
    recorder.desk.open(ticket)
    recorder.begin("voice")
    recorder.do("Pause")
    expect(recorder.said).to_contain_text("Paused")
    resting = recorder.clock.inner_text()
    page.clock.fast_forward(30_000)
    expect(recorder.clock).to_have_text(resting)
    recorder.do("Go on recording")
    page.clock.fast_forward(30_000)
    expect(recorder.clock).to_have_text(THIRTY_SECONDS)
    recorder.stop()


def test_it_is_recorded_again(recorder: Recorder) -> None:
    recorder.record("voice")
    recorder.do("Record again")
    recorder.expect_state("recording")
    recorder.do("Cancel")
    expect_nothing(recorder)


@pytest.mark.parametrize("kind", ["voice", "video_note"])
def test_a_reload_loses_nothing(recorder: Recorder, phone: Phone, kind: str) -> None:
    recorder.begin(kind)
    wait_until(lambda: recorder.kept() >= 3, "pieces that are kept")
    recorder.desk.page.reload()
    recorder.expect_state("offering")
    expect(recorder.panel).to_contain_text("was not finished")
    recorder.do("Keep")
    wait_until(lambda: recorder.player.evaluate("player => player.readyState > 1"), "a recording that can be played")
    recorder.attach()
    send(recorder)
    answer = phone.answers()[-1]
    assert (answer.get("voice") or answer["video_note"])["duration"] >= 1
    recorder.desk.page.reload()
    recorder.expect_state("")


def test_what_was_left_can_be_discarded(recorder: Recorder) -> None:
    recorder.begin("voice")
    wait_until(recorder.kept, "pieces that are kept")
    recorder.desk.page.reload()
    recorder.expect_state("offering")
    recorder.do("Discard")
    expect_nothing(recorder)


def test_another_ticket_leaves_it_for_later(shop: Shop, browsers: Browsers, recorder: Recorder, ticket: int) -> None:
    _phone, other = open_ticket(shop, "Dora")
    recorder.begin("voice")
    wait_until(recorder.kept, "pieces that are kept")
    recorder.desk.row(other).click()
    expect(recorder.desk.composer).to_have_attribute("data-ticket", str(other))
    recorder.expect_state("")
    recorder.desk.row(ticket).click()
    recorder.expect_state("offering")
    recorder.do("Keep")
    recorder.expect_state("checking")


def test_another_tab_does_not_offer_what_is_being_recorded(recorder: Recorder, ticket: int) -> None:
    recorder.begin("voice")
    wait_until(recorder.kept, "pieces that are kept")
    page = recorder.desk.page.context.new_page()
    page.goto(f"/t/{ticket}")
    expect(page.locator("#log")).to_have_attribute("aria-busy", "false")
    # It has found the recording and waits until nobody holds it any more.
    wait_until(lambda: page.evaluate("navigator.locks.query().then((locks) => locks.pending.length)"), "waiting")
    expect(page.locator(".record-panel")).to_have_attribute("data-state", "")
    recorder.desk.page.close()
    expect(page.locator(".record-panel")).to_have_attribute("data-state", "offering")


def test_a_video_message_stops_after_a_minute(recorder: Recorder, ticket: int) -> None:
    page = recorder.desk.page
    page.clock.install()
    recorder.desk.open(ticket)
    recorder.press("video_note")
    recorder.expect_state("recording")
    page.clock.fast_forward(50_000)
    expect(recorder.said).to_contain_text("10 seconds left")
    page.clock.fast_forward(10_000)
    recorder.expect_state("checking")
    expect(recorder.told).to_contain_text("1 minute is the most")


def test_a_recording_stops_before_it_is_too_large_to_send(recorder: Recorder) -> None:
    recorder.desk.composer.evaluate("form => { form.dataset.uploadLimit = 100_000; }")
    recorder.press("video")
    recorder.expect_state("checking")
    expect(recorder.told).to_contain_text("0.1 MB can be sent")


def test_a_browser_that_keeps_nothing_says_so_and_records(recorder: Recorder) -> None:
    full = "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); }; }"
    recorder.desk.page.evaluate(full)
    recorder.begin("voice")
    expect(recorder.told).to_contain_text("This browser keeps no copy")
    recorder.stop()
    recorder.attach()


def test_a_microphone_that_is_forbidden_is_told(shop: Shop, chromium: Browser, ticket: int) -> None:
    strict = launch(chromium.browser_type, MADE_UP, whole=True)
    browsers = Browsers(strict, shop.box.url, {})
    recorder = open_recorder(browsers, ticket)
    recorder.press("voice")
    expect(recorder.unable).to_contain_text("The microphone is forbidden to this page")
    expect(recorder.unable.get_by_role("button", name="Try again")).to_be_visible()
    recorder.unable.get_by_role("button", name="Close").click()
    expect(recorder.opener).to_be_focused()
    recorder.press("video_note")
    expect(recorder.unable).to_contain_text("Camera or microphone are forbidden")
    browsers.close()
    strict.close()


@pytest.mark.parametrize(
    ("name", "words"), [("NotFoundError", "No microphone was found"), ("NotReadableError", "Close other programs")]
)
def test_a_microphone_that_is_missing_or_busy_is_told(recorder: Recorder, name: str, words: str) -> None:
    refuse = "name => { MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException('', name)); }"
    recorder.desk.page.evaluate(refuse, name)
    recorder.press("voice")
    expect(recorder.unable).to_contain_text(words)


def test_over_plain_http_a_press_explains_and_takes_a_file(shop: Shop, chromium: Browser, ticket: int) -> None:
    port = urlsplit(shop.box.url).port
    browsers = Browsers(chromium, f"http://inbox.lan:{port}", {})
    browsers.watch.forgive(f"outside: http://inbox.lan:{port}/", "Cross-Origin-Opener-Policy header has been ignored")
    recorder = open_recorder(browsers, ticket)
    assert recorder.desk.page.evaluate("navigator.mediaDevices === undefined")
    recorder.press("voice")
    expect(recorder.unable).to_contain_text("only if it came over HTTPS")
    expect(recorder.unable.get_by_role("link", name="How recording is made possible")).to_be_visible()
    taking = recorder.unable.locator("[data-file]")
    assert taking.evaluate("input => [input.accept, input.getAttribute('capture')]") == ["audio/*", "user"]
    taking.set_input_files(path_of(VOICE))
    expect(recorder.desk.page.locator(".tray-ready")).to_have_count(1)
    expect(recorder.desk.page.locator(".tray-kind")).to_have_value("voice")
    expect(recorder.desk.text).to_be_focused()
    browsers.close()
    assert browsers.watch.complaints == []
