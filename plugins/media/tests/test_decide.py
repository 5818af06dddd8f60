from __future__ import annotations

from dataclasses import replace

import pytest

from appliance_media.decide import Action, decide
from appliance_media.probe import Probe, Stream, probe
from appliance_media.reasons import Reason, Refused
from plugins.media.tests.conftest import Corpus

TABLE = [
    ("plain.mp4", "video", Action.COPY),
    ("plain.mp4", "video_note", Action.COPY),
    ("index_last.mp4", "video", Action.COPY),
    ("fragmented.mp4", "video", Action.COPY),
    ("silent.mp4", "animation", Action.COPY),
    ("rotated.mp4", "video", Action.COPY),
    ("plain.mkv", "video", Action.COPY),
    ("dvd.mkv", "video", Action.NEW_AUDIO),
    ("plain.avi", "video", Action.TRANSCODE),
    ("plain.flv", "video", Action.NEW_AUDIO),
    ("camcorder.mts", "video", Action.NEW_AUDIO),
    ("phone.mov", "video", Action.TRANSCODE),
    ("hdr.mp4", "video", Action.TRANSCODE),
    ("ten_bit.mp4", "video", Action.TRANSCODE),
    ("recorder.webm", "video", Action.TRANSCODE),
    ("vp9.webm", "video", Action.TRANSCODE),
    ("old.avi", "video", Action.TRANSCODE),
    ("old_phone.3gp", "video", Action.TRANSCODE),
    ("interlaced.ts", "video", Action.TRANSCODE),
    ("odd.mkv", "video", Action.TRANSCODE),
    ("large.mp4", "video", Action.TRANSCODE),
    ("animation.gif", "animation", Action.TRANSCODE),
    ("full_range.mp4", "video", Action.COPY),
    ("mp3_inside.mp4", "video", Action.NEW_AUDIO),
    ("opus_inside.mp4", "video", Action.NEW_AUDIO),
    ("camera.mov", "video", Action.NEW_AUDIO),
    ("full_colour.mp4", "video", Action.TRANSCODE),
    ("interlaced.mp4", "video", Action.TRANSCODE),
    ("fast.mp4", "video", Action.TRANSCODE),
    ("rich.mp4", "video", Action.TRANSCODE),
    ("high_range.mov", "video", Action.TRANSCODE),
    ("full_range_hevc.mp4", "video", Action.TRANSCODE),
    ("editing.mov", "video", Action.TRANSCODE),
    ("webcam.avi", "video", Action.TRANSCODE),
    ("divx.avi", "video", Action.TRANSCODE),
    ("tape.mpg", "video", Action.TRANSCODE),
    ("windows.wmv", "video", Action.TRANSCODE),
    ("old.flv", "video", Action.TRANSCODE),
    ("theora.ogv", "video", Action.TRANSCODE),
    ("av1.mp4", "video", Action.TRANSCODE),
    ("cut_late.mp4", "video", Action.TRANSCODE),
    ("cut_late.mp4", "voice", Action.ENCODE_SOUND),
    ("fonts.mkv", "video", Action.COPY),
    ("covered.mp3", "audio", Action.COPY_SOUND),
    ("covered.m4a", "document", Action.COPY_SOUND),
    ("index_first.m4a", "voice", Action.COPY_SOUND),
    ("song.mp3", "audio", Action.COPY_SOUND),
    ("memo.m4a", "voice", Action.COPY_SOUND),
    ("stream.aac", "audio", Action.COPY_SOUND),
    ("plain.mp4", "voice", Action.COPY_SOUND),
    ("voice.ogg", "voice", Action.ENCODE_SOUND),
    ("dictation.amr", "voice", Action.ENCODE_SOUND),
    ("phone_call.wav", "audio", Action.ENCODE_SOUND),
    ("master.flac", "audio", Action.ENCODE_SOUND),
    ("windows.wma", "audio", Action.ENCODE_SOUND),
    ("plain.wav", "audio", Action.ENCODE_SOUND),
    ("dictaphone.wav", "audio", Action.ENCODE_SOUND),
    ("studio.aiff", "audio", Action.ENCODE_SOUND),
    ("phone.caf", "audio", Action.ENCODE_SOUND),
    ("lossless.m4a", "audio", Action.ENCODE_SOUND),
    ("speech.spx", "voice", Action.ENCODE_SOUND),
    ("radio.mp2", "audio", Action.ENCODE_SOUND),
    ("dictation.3gp", "voice", Action.ENCODE_SOUND),
]
VIDEO = Stream(0, "video", "h264", "High", 1280, 720, pixels="yuv420p", frames_per_second=30)


@pytest.mark.parametrize(("name", "kind", "action"), TABLE)
def test_it_chooses_the_row_of_the_table(corpus: Corpus, name: str, kind: str, action: Action) -> None:
    assert decide(probe(corpus[name]), kind).action is action


@pytest.mark.parametrize(
    "video",
    [
        replace(VIDEO, profile="High 10"),
        replace(VIDEO, pixels="yuv444p"),
        replace(VIDEO, interlaced=True),
        replace(VIDEO, frames_per_second=120),
        replace(VIDEO, bits_per_second=8_100_000),
        replace(VIDEO, width=1920, height=1090),
        replace(VIDEO, width=641, height=480),
        replace(VIDEO, width=3840, height=2160),
        replace(VIDEO, codec="hevc"),
    ],
)
def test_a_picture_some_browser_cannot_show_is_encoded(video: Stream) -> None:
    assert decide(Probe("mov", 5, 0, (video,)), "video").action is Action.TRANSCODE


@pytest.mark.parametrize(
    "video",
    [
        replace(VIDEO, bits_per_second=8_000_000),
        replace(VIDEO, width=1920, height=1088),
        replace(VIDEO, frames_per_second=60.02),
        replace(VIDEO, pixels="yuvj420p"),
        *(replace(VIDEO, profile=name) for name in ("Baseline", "Constrained Baseline", "Main")),
    ],
)
def test_a_picture_every_browser_shows_is_copied(video: Stream) -> None:
    assert decide(Probe("mov,mp4", 5, 0, (video,)), "video").action is Action.COPY


def test_where_a_picture_does_not_tell_its_rate_that_of_the_file_counts() -> None:
    assert decide(Probe("matroska,webm", 5, 9_000_000, (VIDEO,)), "video").action is Action.TRANSCODE


def test_a_film_that_stands_is_measured_by_its_long_side() -> None:
    standing = replace(VIDEO, width=1080, height=1920)
    assert decide(Probe("mov", 5, 0, (standing,)), "video").action is Action.COPY


def test_an_animation_loses_its_sound(corpus: Corpus) -> None:
    assert decide(probe(corpus["plain.mp4"]), "animation").audio is None


def test_only_long_work_is_slow(corpus: Corpus) -> None:
    opus = Stream(0, "audio", "opus", channels=1)
    assert not decide(Probe("ogg", 60, 0, (opus,)), "voice").is_slow
    assert decide(Probe("ogg", 3600, 0, (opus,)), "voice").is_slow
    assert not decide(probe(corpus["plain.mp4"]), "video").is_slow
    assert decide(probe(corpus["phone.mov"]), "video").is_slow


def test_it_refuses_a_file_with_nothing_to_play() -> None:
    with pytest.raises(Refused) as caught:
        decide(Probe("mov", 5, 0, (Stream(0, "subtitle", "mov_text"),)), "video")
    assert caught.value.reason is Reason.NOTHING_TO_PLAY


def test_it_refuses_a_film_of_a_whole_day() -> None:
    with pytest.raises(Refused) as caught:
        decide(Probe("mov", 86400, 0, (VIDEO,)), "video")
    assert caught.value.reason is Reason.TOO_LONG
