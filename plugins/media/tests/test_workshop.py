from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from appliance import Lane, MadeRendition, Prepared, Workplace
from appliance_media.decide import Action, decide
from appliance_media.playable import write_playable
from appliance_media.probe import Probe, probe
from appliance_media.reasons import Reason, Refused
from appliance_media.workshop import prepare
from plugins.media.tests.conftest import Corpus
from plugins.media.tests.recipes import FILMS, SOUNDS

Place = Callable[[Lane], Workplace]
Make = Callable[[str, str], dict[str, MadeRendition]]
ENCODED = [*FILMS, "rotated.mov", "rotated.mp4", "old_phone.3gp", "cut_late.mp4"]


def look_into(rendition: MadeRendition) -> Probe:
    assert rendition.path is not None
    return probe(rendition.path)


def stream_digest(path: Path, which: str) -> str:
    """The bytes of one stream as packets, whatever container holds them."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-map", f"0:{which}", "-c", "copy", "-f", "hash", "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def corner_colour(path: Path, right: bool) -> tuple[int, ...]:
    with Image.open(path) as image:
        pixel = image.convert("RGB").getpixel((image.width - 5 if right else 5, 5))
    assert isinstance(pixel, tuple)
    return tuple(int(value) for value in pixel)


@pytest.mark.parametrize("name", ENCODED)
def test_every_film_becomes_one_that_every_browser_plays(make: Make, name: str) -> None:
    made = make(name, "animation" if name.endswith(".gif") else "video")
    found = look_into(made["playable"])
    assert found.video is not None
    assert (found.video.codec, found.video.pixels) == ("h264", "yuv420p")
    assert found.video.profile in ("Constrained Baseline", "Main", "High")
    assert found.audio is None or found.audio.codec == "aac"
    assert made["playable"].duration == pytest.approx(found.duration)
    assert max(found.video.shown_size) <= 1280
    assert made["playable"].path is not None
    head = made["playable"].path.read_bytes()
    assert 0 < head.index(b"moov") < head.index(b"mdat")
    assert made["poster"].path is not None
    with Image.open(made["poster"].path) as poster:
        assert (poster.width > poster.height) == (found.video.shown_size[0] > found.video.shown_size[1])


@pytest.mark.parametrize("name", [*SOUNDS, "dictation.amr"])
def test_every_sound_becomes_one_that_every_browser_plays(make: Make, name: str) -> None:
    made = make(name, "voice")
    found = look_into(made["playable"])
    assert found.audio is not None
    assert (found.audio.codec, made["playable"].mime) in (("aac", "audio/mp4"), ("mp3", "audio/mpeg"))
    assert made["playable"].duration == pytest.approx(2, abs=0.2)
    peaks = made["waveform"].data["peaks"]
    assert 20 <= len(peaks) <= 100
    assert max(peaks) == 100


@pytest.mark.parametrize("name", ["plain.mp4", "index_last.mp4", "plain.mkv"])
def test_plain_streams_are_copied_bit_for_bit(corpus: Corpus, make: Make, name: str) -> None:
    made = make(name, "video")["playable"].path
    assert made is not None
    for which in ("v", "a"):
        assert stream_digest(made, which) == stream_digest(corpus[name], which)


def test_an_mp3_stays_an_mp3(corpus: Corpus, make: Make) -> None:
    made = make("song.mp3", "audio")["playable"]
    assert made.mime == "audio/mpeg"
    assert made.path is not None
    assert stream_digest(made.path, "a") == stream_digest(corpus["song.mp3"], "a")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("plain.mp4", "video"), ("rotated.mov", "video"), ("memo.m4a", "voice"), ("song.mp3", "audio")],
)
def test_no_place_and_no_phone_is_left(corpus: Corpus, make: Make, name: str, kind: str) -> None:
    assert b"Secret title" in corpus[name].read_bytes()
    for made in make(name, kind).values():
        data = made.path.read_bytes() if made.path else b""
        assert not [word for word in (b"41.31", b"PhoneMaker", b"Secret title") if word in data]


@pytest.mark.parametrize("name", ["rotated.mov", "rotated.mp4"])
def test_a_film_held_upright_stands_upright(make: Make, name: str) -> None:
    made = make(name, "video")
    assert (made["playable"].width, made["playable"].height) == (240, 320)


def test_wide_pixels_are_squared(make: Make) -> None:
    made = make("wide_pixels.mp4", "video")["playable"]
    assert (made.width, made.height) == (320, 240)


def test_a_slow_film_shows_its_poster_first(corpus: Corpus, workplace: Place) -> None:
    quick = prepare(corpus["phone.mov"], "video", workplace("quick"))
    assert quick.unfinished
    assert [rendition.kind for rendition in quick.renditions] == ["poster"]
    assert (quick.width, quick.height) == (320, 240)
    slow = prepare(corpus["phone.mov"], "video", workplace("slow"))
    assert [rendition.kind for rendition in slow.renditions] == ["playable"]


def test_it_reports_how_far_it_is(corpus: Corpus, tmp_path: Path) -> None:
    reports: list[float] = []
    prepare(corpus["phone.mov"], "video", Workplace(tmp_path, "slow", reports.append))
    assert reports == sorted(reports)
    assert reports[-1] == 1.0


@pytest.mark.parametrize("name", ["plain.avi", "plain.flv", "camcorder.mts"])
def test_pictures_are_shown_in_their_order(make: Make, name: str) -> None:
    made = make(name, "video")["playable"].path
    command = ["ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "frame=pts_time", "-of", "csv=p=0"]
    shown = subprocess.run([*command, str(made)], check=True, capture_output=True, text=True).stdout.split()
    times = [float(line.strip(",")) for line in shown]
    assert len(times) >= 20
    assert times == sorted(times)


def test_a_stream_that_cannot_be_copied_is_encoded(corpus: Corpus, workplace: Place) -> None:
    """A plan may promise more than a container keeps: the copy fails and the work goes to the slow lane."""
    plan = replace(decide(probe(corpus["recorder.webm"]), "video"), action=Action.COPY)
    assert write_playable(corpus["recorder.webm"], plan, "video", workplace("quick")) is None
    made = write_playable(corpus["recorder.webm"], plan, "video", workplace("slow"))
    assert made is not None
    found = look_into(made).video
    assert found is not None
    assert found.codec == "h264"


@pytest.mark.parametrize("name", ["playlist.m3u8", "playlist.mp4", "playlist", "concat.mp4"])
def test_a_playlist_brings_nobody_elses_film(corpus: Corpus, workplace: Place, name: str) -> None:
    with pytest.raises(Refused) as caught:
        prepare(corpus[name], "video", workplace("quick"))
    assert caught.value.reason is Reason.UNREADABLE


@pytest.mark.parametrize("name", ["empty.mp4", "letter.mp4", "cut.mp4", "photo.jpg", "drawing.svg"])
def test_it_refuses_what_is_no_film(corpus: Corpus, workplace: Place, name: str) -> None:
    with pytest.raises(Refused):
        prepare(corpus[name], "video", workplace("quick"))


@pytest.mark.parametrize("name", ["invoice.pdf", "letter.mp4", "drawing.svg", "page.jpg", "playlist", "cut.mp4"])
def test_a_document_that_is_no_media_is_left_alone(corpus: Corpus, workplace: Place, name: str) -> None:
    assert prepare(corpus[name], "document", workplace("quick")) == Prepared()


def test_a_film_sent_as_a_document_plays(make: Make) -> None:
    assert {"poster", "playable"} <= set(make("phone.mov", "document"))


def test_a_photo_is_upright_and_knows_no_place(make: Make) -> None:
    made = make("photo.jpg", "photo")
    assert (made["playable"].width, made["playable"].height) == (800, 1200)
    assert (made["thumbnail"].width, made["thumbnail"].height) == (320, 480)
    for rendition in made.values():
        assert rendition.path is not None
        with Image.open(rendition.path) as image:
            assert not image.getexif()
        assert corner_colour(rendition.path, right=True)[2] > 200
        assert corner_colour(rendition.path, right=False)[0] > 200


def test_a_heic_photo_becomes_a_jpeg(make: Make) -> None:
    made = make("photo.heic", "photo")["playable"]
    assert (made.mime, made.width, made.height) == ("image/jpeg", 640, 480)


def test_see_through_parts_stay(make: Make) -> None:
    made = make("logo.png", "photo")["playable"]
    assert made.mime == "image/webp"
    assert made.path is not None
    assert b"Secret title" not in made.path.read_bytes()
    with Image.open(made.path) as image:
        assert image.mode == "RGBA"


def test_printing_colours_become_screen_colours(make: Make) -> None:
    made = make("cmyk.jpg", "photo")["playable"]
    assert made.path is not None
    assert corner_colour(made.path, right=False)[0] > 200


@pytest.mark.parametrize(
    ("name", "reason"),
    [("huge.png", Reason.PICTURE_TOO_LARGE), ("page.jpg", Reason.UNREADABLE), ("drawing.svg", Reason.UNREADABLE)],
)
def test_it_refuses_a_picture_that_is_none(corpus: Corpus, workplace: Place, name: str, reason: Reason) -> None:
    with pytest.raises(Refused) as caught:
        prepare(corpus[name], "photo", workplace("quick"))
    assert caught.value.reason is reason


@pytest.mark.parametrize(("name", "frames"), [("sticker.webp", 1), ("moving.webp", 3), ("sticker.webm", 10)])
def test_a_sticker_becomes_a_webp(make: Make, name: str, frames: int) -> None:
    made = make(name, "sticker")["playable"]
    assert made.mime == "image/webp"
    assert made.path is not None
    with Image.open(made.path) as image:
        assert getattr(image, "n_frames", 1) >= frames
        assert max(image.size) <= 512


@pytest.mark.parametrize("name", ["sticker.webp", "sticker.webm"])
def test_a_sticker_stays_see_through(make: Make, name: str) -> None:
    made = make(name, "sticker")["playable"]
    assert made.path is not None
    with Image.open(made.path) as image:
        assert any(image.convert("RGBA").getchannel("A").histogram()[:200])


def test_a_vector_sticker_is_refused_by_name(corpus: Corpus, workplace: Place) -> None:
    with pytest.raises(Refused) as caught:
        prepare(corpus["sticker.tgs"], "sticker", workplace("quick"))
    assert caught.value.reason is Reason.ANIMATED_STICKER


def test_the_original_is_never_touched(corpus: Corpus, workplace: Place) -> None:
    before = hashlib.sha256(corpus["phone.mov"].read_bytes()).hexdigest()
    prepare(corpus["phone.mov"], "video", workplace("slow"))
    assert hashlib.sha256(corpus["phone.mov"].read_bytes()).hexdigest() == before
