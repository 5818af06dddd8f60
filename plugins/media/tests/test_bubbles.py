from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from appliance import MadeRendition, PartKind
from appliance_media.reasons import WORDS, Reason
from plugins.media.tests.desk import Desk, view_of

FILM = MadeRendition("playable", Path("/w/playable.mp4"), "video/mp4", 720, 1280, 42.4)
POSTER = MadeRendition("poster", Path("/w/poster.jpg"), "image/jpeg", 720, 1280)
SOUND = MadeRendition("playable", Path("/w/playable.m4a"), "audio/mp4", duration=42.4)
OUTLINE = MadeRendition("waveform", None, "application/json", data={"peaks": [0, 50, 100]})
PICTURE = MadeRendition("playable", Path("/w/playable.jpg"), "image/jpeg", 2048, 1536)
PAGES = (
    MadeRendition("page-1", Path("/w/page-1.jpg"), "image/jpeg", 1400, 1980, data={"pages": 12}),
    MadeRendition("page-2", Path("/w/page-2.jpg"), "image/jpeg", 1400, 1980),
)
TEXT = MadeRendition("text", Path("/w/text.txt"), "text/plain", data={"cut": True})
THUMBNAIL = MadeRendition("thumbnail", Path("/w/thumbnail.jpg"), "image/jpeg", 480, 360)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def draw(desk: Desk, kind: PartKind, *made: MadeRendition, **more: Any) -> str:
    return str(desk.draw(view_of({each.kind: each for each in made}, kind, **more)))


def test_a_film_has_the_browsers_own_controls_and_loads_nothing_yet(desk: Desk) -> None:
    html = draw(desk, "video", FILM, POSTER)
    assert '<video controls playsinline preload="none" src="/files/1/playable" poster="/files/1/poster"' in html
    assert 'width="225" height="400"' in html
    assert 'aria-label="Video, Anna, 14:07"' in html
    assert "0:42" in html


@pytest.mark.parametrize("kind", ["video", "video_note", "animation"])
def test_a_film_is_left_alone_when_its_bubble_is_morphed(desk: Desk, kind: PartKind) -> None:
    assert 'id="media-1" hx-morph-skip' in draw(desk, kind, FILM)


def test_a_voice_knows_its_outline_and_its_length(desk: Desk) -> None:
    html = draw(desk, "voice", SOUND, OUTLINE)
    assert 'peaks="0,50,100"' in html
    assert "Play the voice message, Anna, 14:07, 0:42" in html
    assert " continues" in html
    assert "IMG_0412.mov" not in html


def test_a_song_shows_its_name_and_starts_no_other(desk: Desk) -> None:
    html = draw(desk, "audio", SOUND)
    assert "IMG_0412.mov" in html
    assert " continues" not in html


def test_a_photo_opens_from_its_thumbnail(desk: Desk) -> None:
    html = draw(desk, "photo", PICTURE, THUMBNAIL)
    assert 'data-large="picture" data-source="/files/1/playable"' in html
    assert '<img src="/files/1/thumbnail" width="320" height="240" alt="Photo, Anna, 14:07"' in html


def test_what_is_shown_large_is_told_beside_the_original(desk: Desk) -> None:
    html = draw(desk, "photo", PICTURE, THUMBNAIL)
    assert "Download the original. What is shown here has 2048 × 1536 pixels." in html
    assert 'data-all="/messages/1/files.zip"' in html


def test_who_has_not_listened_sees_a_mark_on_what_came_in(desk: Desk) -> None:
    for kind, made in (("voice", SOUND), ("video_note", FILM)):
        view = view_of({made.kind: made}, kind)  # type: ignore[arg-type]  # a PartKind each
        html = str(desk.draw(view))
        assert ' heard-at="/files/1/heard" unheard' in html
        assert " unheard" not in str(desk.draw(replace(view, outgoing=True)))
    assert " unheard" not in draw(desk, "voice", SOUND, heard=True)
    assert " unheard" not in draw(desk, "audio", SOUND)


@pytest.mark.parametrize("kind", ["video", "voice", "audio", "video_note", "photo"])
def test_an_original_that_is_no_longer_kept_is_no_download(desk: Desk, kind: PartKind) -> None:
    made = {"photo": PICTURE, "voice": SOUND, "audio": SOUND}.get(kind, FILM)
    html = draw(desk, kind, made, dropped=True)
    assert 'href="/files/1"' not in html
    assert "data-download" not in html
    assert "The original is no longer kept (IMG_0412.mov)." in html
    assert "/files/1/playable" in html


def test_a_document_is_read_in_the_page(desk: Desk) -> None:
    html = " ".join(draw(desk, "document", PAGES[1], PAGES[0], TEXT).split())
    assert 'data-total="12" data-pages="/files/1/page-1 /files/1/page-2" data-sizes="1400x1980 1400x1980"' in html
    assert 'data-source="/files/1/text" data-cut data-download="/files/1"' in html
    assert 'aria-label="Open IMG_0412.mov"' in html
    assert "12 pages" in html
    assert "data-download" not in draw(desk, "document", PAGES[0], dropped=True)


def test_a_text_can_be_read_without_pages(desk: Desk) -> None:
    html = draw(desk, "document", TEXT)
    assert 'data-pages=""' in html
    assert 'data-source="/files/1/text"' in html


def test_pages_stand_in_the_order_of_their_numbers(desk: Desk) -> None:
    made = [MadeRendition(f"page-{number}", Path("/w/p.jpg"), "image/jpeg", 10, 14) for number in (10, 2, 1)]
    assert 'data-pages="/files/1/page-1 /files/1/page-2 /files/1/page-10"' in draw(desk, "document", *made)


def test_a_sticker_is_a_picture_with_a_name(desk: Desk) -> None:
    assert 'alt="Sticker"' in draw(desk, "sticker", PICTURE)


def test_the_original_is_only_ever_a_download(desk: Desk) -> None:
    for kind, made in (("video", FILM), ("voice", SOUND), ("photo", PICTURE), ("sticker", PICTURE)):
        html = draw(desk, kind, made)  # type: ignore[arg-type]  # a PartKind each
        assert 'src="/files/1"' not in html


def test_it_says_how_far_the_preparation_is(desk: Desk) -> None:
    html = draw(desk, "video", POSTER, making="running", progress=40)
    assert "Preparing, 40 %" in html
    assert '<progress class="media-progress" max="100" value="40"' in html
    assert '<img class="media-poster" src="/files/1/poster"' in html
    assert 'href="/files/1" download' in html


@pytest.mark.parametrize("reason", [*Reason, "crashed"])
def test_a_failure_is_told_in_words_with_the_way_to_the_original(desk: Desk, reason: str) -> None:
    html = draw(desk, "video", making="failed", failure=str(reason))
    assert WORDS.get(reason, "The file could not be prepared for the page.") in html
    assert 'href="/files/1" download' in html


def test_every_reason_has_words() -> None:
    assert set(WORDS) == set(Reason)


def test_a_reader_of_russian_reads_russian(desk: Desk) -> None:
    desk.language = "ru"
    assert "Готовится, 40 %" in draw(desk, "video", making="running", progress=40)
    assert "Слушать голосовое, Anna, 14:07, 0:42" in draw(desk, "voice", SOUND)
    assert "Файл повреждён" in draw(desk, "video", making="failed", failure="unreadable")


def test_names_from_outside_are_text(desk: Desk) -> None:
    html = draw(desk, "audio", SOUND, name='"><script>alert(1)</script>')
    assert "<script" not in html


@pytest.mark.parametrize("state", ["waiting", "fetching", "too_large", "failed"])
def test_a_file_we_do_not_hold_is_left_to_the_core(desk: Desk, state: str) -> None:
    assert desk.draw(view_of({}, "video", state=state)) is None


def test_a_document_is_left_to_the_core_unless_it_plays(desk: Desk) -> None:
    assert desk.draw(view_of({}, "document")) is None
    assert desk.draw(view_of({}, "document", making="failed", failure="unreadable")) is None
    assert "<video" in draw(desk, "document", FILM)
    assert 'data-large="picture"' in draw(desk, "document", PICTURE)


def test_a_text_is_left_to_the_core(desk: Desk) -> None:
    assert desk.draw(view_of({}, "text")) is None
