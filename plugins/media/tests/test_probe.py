from __future__ import annotations

import json
from fractions import Fraction

import pytest

from appliance_media.probe import probe, read_answer
from appliance_media.reasons import Reason, Refused
from plugins.media.tests.conftest import Corpus

HOSTILE = ["playlist.m3u8", "playlist.mp4", "playlist", "concat.mp4", "empty.mp4", "letter.mp4", "cut.mp4", "photo.jpg"]


def test_it_reads_what_a_player_needs(corpus: Corpus) -> None:
    found = probe(corpus["plain.mp4"])
    assert found.video is not None
    assert found.audio is not None
    assert (found.video.codec, found.video.pixels, found.video.shown_size) == ("h264", "yuv420p", (320, 240))
    assert (found.audio.codec, found.audio.profile, found.audio.channels) == ("aac", "LC", 1)
    assert found.duration == pytest.approx(2, abs=0.1)


def test_it_turns_the_size_of_a_film_held_upright(corpus: Corpus) -> None:
    video = probe(corpus["rotated.mp4"]).video
    assert video is not None
    assert video.rotation in (90, 270)
    assert video.shown_size == (240, 320)


def test_it_counts_the_shape_of_pixels(corpus: Corpus) -> None:
    video = probe(corpus["wide_pixels.mp4"]).video
    assert video is not None
    assert (video.aspect, video.shown_size) == (Fraction(4, 3), (320, 240))


def test_it_sees_interlacing(corpus: Corpus) -> None:
    video = probe(corpus["interlaced.ts"]).video
    assert video is not None
    assert video.interlaced


@pytest.mark.parametrize("name", HOSTILE)
def test_it_refuses_what_is_no_film(corpus: Corpus, name: str) -> None:
    with pytest.raises(Refused) as caught:
        probe(corpus[name])
    assert caught.value.reason is Reason.UNREADABLE


def test_the_cover_of_a_song_is_no_film() -> None:
    cover = {"index": 0, "codec_type": "video", "width": 500, "height": 500, "disposition": {"attached_pic": 1}}
    sound = {"index": 1, "codec_type": "audio", "codec_name": "mp3", "channels": 2}
    found = read_answer(json.dumps({"streams": [cover, sound], "format": {}}).encode())
    assert found.video is None
    assert found.audio is not None


def test_a_shape_of_pixels_nobody_makes_is_ignored() -> None:
    stream = {"index": 0, "codec_type": "video", "width": 4, "height": 4, "sample_aspect_ratio": "900000:1"}
    found = read_answer(json.dumps({"streams": [stream], "format": {}}).encode())
    assert found.video is not None
    assert found.video.shown_size == (4, 4)


@pytest.mark.parametrize("answer", [b"", b"no json", b"[]", b'{"streams": [{}]}', b'{"streams": [{"index": "x"}]}'])
def test_an_answer_that_cannot_be_read_is_a_refusal(answer: bytes) -> None:
    with pytest.raises(Refused):
        read_answer(answer)
