"""Voice and video of customers play in the page, whatever their phone recorded."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from appliance_sandbox.control import Upload
from tests.e2e.browsers import Browsers
from tests.e2e.customers import open_ticket
from tests.e2e.playing import expect_to_play, expect_to_seek, expect_to_speak, position_of
from tests.e2e.samples import FILM, HEVC, ROUND, SONG, VOICE, make
from tests.harness.box import OWNER
from tests.harness.shop import Shop


@pytest.fixture(scope="session")
def hevc(tmp_path_factory: pytest.TempPathFactory) -> Upload:
    """A film no browser here can decode as it is."""
    return Upload(make(tmp_path_factory.mktemp("films") / "phone.mov", HEVC), mime_type="video/quicktime")


def test_a_video_plays_and_seeks(shop: Shop, browsers: Browsers) -> None:
    film = receive(shop, browsers, "video", FILM, duration=4, width=480, height=360).locator("video")
    expect_to_play(film)
    expect_to_seek(film, 3.0)


def test_a_video_in_hevc_plays_and_seeks(shop: Shop, browsers: Browsers, hevc: Upload) -> None:
    film = receive(shop, browsers, "video", hevc, duration=4, width=320, height=240).locator("video")
    expect_to_play(film)
    expect_to_seek(film, 3.0)


def test_a_video_sent_as_a_file_plays_as_well(shop: Shop, browsers: Browsers, hevc: Upload) -> None:
    part = receive(shop, browsers, "document", hevc)
    expect_to_play(part.locator("video"))
    expect(part.get_by_role("link", name="phone.mov")).to_be_visible()


def test_a_round_video_plays(shop: Shop, browsers: Browsers) -> None:
    expect_to_play(receive(shop, browsers, "video_note", ROUND, duration=3, length=240).locator("video"))


def test_a_voice_plays_and_seeks(shop: Shop, browsers: Browsers) -> None:
    voice = receive(shop, browsers, "voice", VOICE, duration=8).locator("voice-bubble")
    expect_to_speak(voice)
    frame = position_of(voice).bounding_box()
    assert frame is not None
    position_of(voice).click(position={"x": frame["width"] * 0.7, "y": frame["height"] / 2})
    expect(position_of(voice)).to_have_attribute("aria-valuetext", "0:06 of 0:08")


def test_a_song_plays(shop: Shop, browsers: Browsers) -> None:
    part = receive(shop, browsers, "audio", SONG, duration=3, title="Till")
    expect_to_speak(part.locator("voice-bubble"))


def test_what_cannot_be_played_says_so_and_can_be_fetched(shop: Shop, browsers: Browsers, tmp_path: Path) -> None:
    letter = tmp_path / "film.mp4"
    letter.write_text("Dear customer,\n" * 400)
    part = receive(shop, browsers, "video", Upload(letter, mime_type="video/mp4"), duration=4)
    expect(part.locator(".media-failed")).to_be_visible()
    with part.page.expect_download() as coming:
        part.get_by_role("link").click()
    assert coming.value.path().read_bytes() == letter.read_bytes()


def receive(shop: Shop, browsers: Browsers, kind: str, upload: Upload, **facts: object) -> Locator:
    """The part in an open ticket, sent while somebody looks at it."""
    phone, ticket = open_ticket(shop)
    desk = browsers.open(OWNER)
    desk.open(ticket)
    phone.send(kind, upload, **facts)
    part = desk.part(kind)
    expect(part).to_be_visible()
    return part
