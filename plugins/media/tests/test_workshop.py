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
from appliance_media.workshop import prepare
from plugins.media.tests.conftest import Corpus
from plugins.media.tests.recipes import FILMS, OLD_FILMS, SOUNDS

Place = Callable[[Lane], Workplace]
Make = Callable[[str, str], dict[str, MadeRendition]]
ENCODED = [*FILMS, *OLD_FILMS, "fonts.mkv", "rotated.mov", "rotated.mp4", "old_phone.3gp", "cut_late.mp4"]


def look_into(rendition: MadeRendition) -> Probe:
    assert rendition.path is not None
    return probe(rendition.path)


def stream_digest(path: Path, which: str) -> str:
    """The bytes of one stream as packets, whatever container holds them."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-map", f"0:{which}", "-c", "copy", "-f", "hash", "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("name", ENCODED)
def test_every_film_becomes_one_that_every_browser_plays(make: Make, name: str) -> None:
    made = make(name, "animation" if name.endswith(".gif") else "video")
    found = look_into(made["playable"])
    assert found.video is not None
    assert found.video.codec == "h264"
    assert found.video.pixels in ("yuv420p", "yuvj420p")
    assert len(found.streams) == 1 + (found.audio is not None)
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


@pytest.mark.parametrize("name", [*SOUNDS, "dictation.amr", "dictation.3gp", "covered.mp3", "covered.m4a"])
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


def test_an_hdr_film_gets_its_poster_from_what_was_made_of_it(corpus: Corpus, workplace: Place) -> None:
    slow = prepare(corpus["hdr.mp4"], "video", workplace("slow"))
    assert [rendition.kind for rendition in slow.renditions] == ["playable", "poster"]


def test_a_film_shorter_than_a_second_has_a_poster(corpus: Corpus, make: Make) -> None:
    assert make("camcorder.mts", "video")["poster"].path
    assert make("windows.wmv", "video")["poster"].path


def test_white_of_a_full_range_film_stays_white(make: Make) -> None:
    for role in ("poster", "playable"):
        path = make("full_range_hevc.mp4", "video")[role].path
        read = ["ffmpeg", "-v", "error", "-i", str(path), "-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo", "-"]
        assert min(subprocess.run(read, check=True, capture_output=True).stdout) > 245


def test_what_is_missing_from_a_cut_film_is_not_waited_for(corpus: Corpus, make: Make) -> None:
    made = make("cut_late.mp4", "video")["playable"]
    assert made.duration is not None
    assert 0.5 < made.duration < 1.9
    check = ["ffmpeg", "-v", "error", "-xerror", "-i", str(made.path), "-f", "null", "-"]
    assert subprocess.run(check, check=True, capture_output=True, text=True).stderr == ""


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


@pytest.mark.parametrize(
    "name", ["locked.pdf", "broken.pdf", "archive.zip", "cut.mp4", "cut.jpg", "empty.mp4", "bomb.tgs"]
)
def test_a_document_that_is_no_media_is_left_alone(corpus: Corpus, workplace: Place, name: str) -> None:
    assert prepare(corpus[name], "document", workplace("quick")) == Prepared()


def test_a_film_sent_as_a_document_plays(make: Make) -> None:
    assert {"poster", "playable"} <= set(make("phone.mov", "document"))


def test_the_original_is_never_touched(corpus: Corpus, workplace: Place) -> None:
    before = hashlib.sha256(corpus["phone.mov"].read_bytes()).hexdigest()
    prepare(corpus["phone.mov"], "video", workplace("slow"))
    assert hashlib.sha256(corpus["phone.mov"].read_bytes()).hexdigest() == before
