"""What staff attach arrives at the customer as what it is."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from playwright.sync_api import expect

from appliance_sandbox.control import Phone
from tests.e2e.browsers import Browsers
from tests.e2e.chats import open_chat
from tests.e2e.customers import requests_for
from tests.e2e.playing import expect_to_play, expect_to_speak
from tests.e2e.samples import DOCUMENT, FILM, HEVC, PHOTO, SONG, VOICE, WEBM_VOICE, make, path_of
from tests.harness.shop import Shop

PASTE = """(field, data) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const clipboard = new DataTransfer();
  clipboard.items.add(new File([bytes], "image.png", { type: "image/png" }));
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true }));
}"""


def test_a_photo_arrives_as_a_photo_with_its_words(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.attach([path_of(PHOTO)])
    bubble = desk.reply("Like this one?")
    desk.expect_state(bubble, "sent")
    answer = phone.answers()[-1]
    assert answer["photo"]
    assert answer["caption"] == "Like this one?"
    assert methods(shop, phone)[-1] == "sendPhoto"
    expect(bubble.locator("img")).to_be_visible()


def test_a_photo_can_leave_as_a_file(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.attach([path_of(PHOTO)])
    desk.send_as("document")
    bubble = desk.reply("Unharmed")
    desk.expect_state(bubble, "sent")
    assert phone.answers()[-1]["document"]["file_name"] == "broken-till.jpg"


def test_a_video_arrives_as_a_video(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.attach([path_of(FILM)])
    desk.expect_state(desk.send(), "sent")
    assert phone.answers()[-1]["video"]["duration"] == 4
    expect_to_play(desk.part("video").locator("video"))


def test_a_video_in_hevc_arrives_playable(shop: Shop, browsers: Browsers, tmp_path: Path) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.attach([make(tmp_path / "phone.mov", HEVC)])
    desk.expect_state(desk.send(), "sent")
    assert phone.answers()[-1]["video"]["mime_type"] == "video/mp4"


@pytest.mark.parametrize("ending", ["ogg", "webm"])
def test_a_recording_arrives_as_a_voice_message(shop: Shop, browsers: Browsers, tmp_path: Path, ending: str) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.attach([path_of(VOICE) if ending == "ogg" else make(tmp_path / "recording.webm", WEBM_VOICE)])
    desk.expect_state(desk.send(), "sent")
    assert "voice" in phone.answers()[-1]
    assert methods(shop, phone)[-1] == "sendVoice"
    expect_to_speak(desk.part("voice").locator("voice-bubble"))


def test_a_sound_arrives_as_music_or_as_a_voice_message(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.attach([path_of(SONG)])
    desk.expect_state(desk.send(), "sent")
    assert phone.answers()[-1]["audio"]["duration"] == 3
    desk.attach([path_of(SONG)])
    desk.send_as("voice")
    expect(desk.page.get_by_label("Send till-beep.mp3")).to_be_focused()
    desk.expect_state(desk.send(), "sent")
    assert phone.answers()[-1]["voice"]["duration"] == 3


def test_a_document_arrives_under_its_name(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.attach([path_of(DOCUMENT)])
    desk.expect_state(desk.send(), "sent")
    sent = phone.answers()[-1]["document"]
    assert sent["file_name"] == "invoice.pdf"
    assert shop.sandbox.control.file(shop.bot_id, sent["file_id"]) == path_of(DOCUMENT).read_bytes()


def test_several_pictures_arrive_as_one_album(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    shelves = [path_of(PHOTO).with_name(f"shelf-{number}.jpg") for number in (1, 2, 3)]
    desk.attach(shelves)
    bubble = desk.reply("Which shelf?")
    desk.expect_state(bubble, "sent")
    album = phone.answers()[-3:]
    assert len({answer["media_group_id"] for answer in album}) == 1
    assert album[0]["caption"] == "Which shelf?"
    assert methods(shop, phone)[-1] == "sendMediaGroup"
    expect(bubble.locator("img")).to_have_count(3)


def test_a_pasted_picture_leaves_with_its_words(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    picture = base64.b64encode(path_of(PHOTO).read_bytes()).decode()
    desk.text.evaluate(PASTE, picture)
    expect(desk.page.locator(".tray-ready")).to_have_count(1)
    bubble = desk.reply("Look here")
    desk.expect_state(bubble, "sent")
    assert phone.answers()[-1]["caption"] == "Look here"


def test_a_file_in_a_note_stays_here(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    before = len(methods(shop, phone))
    desk.attach([path_of(DOCUMENT)])
    note = desk.note("What we paid for it")
    expect(note).to_contain_text("invoice.pdf")
    last = desk.reply("Hello")
    desk.expect_state(last, "sent")
    assert methods(shop, phone)[before:] == ["sendMessage"]


def test_an_attachment_can_be_thrown_out_again(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.attach([path_of(DOCUMENT), path_of(PHOTO)])
    desk.page.get_by_role("button", name="Remove invoice.pdf").click()
    bubble = desk.reply("Only this")
    desk.expect_state(bubble, "sent")
    assert "photo" in phone.answers()[-1]
    assert "sendDocument" not in methods(shop, phone)


def methods(shop: Shop, phone: Phone) -> list[str]:
    """Without the signs that somebody types: they come when they come."""
    asked = [request["method"] for request in requests_for(shop, phone)]
    return [method for method in asked if method != "sendChatAction"]
