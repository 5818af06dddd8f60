from __future__ import annotations

from collections.abc import Callable

import pytest

from appliance import Lane, MadeRendition, Workplace
from appliance_media.outgoing import prepare_outgoing
from appliance_media.probe import Stream, probe
from appliance_media.reasons import Reason, Refused
from plugins.media.tests.conftest import Corpus

Place = Callable[[Lane], Workplace]


def send(corpus: Corpus, name: str, kind: str, workplace: Place) -> MadeRendition:
    prepared = prepare_outgoing(corpus[name], kind, workplace("quick"))
    assert prepared is not None
    (made,) = prepared.renditions
    assert made.kind == "outgoing"
    return made


def streams(made: MadeRendition) -> tuple[Stream | None, Stream | None]:
    assert made.path is not None
    found = probe(made.path)
    return found.video, found.audio


@pytest.mark.parametrize("name", ["song.mp3", "memo.m4a", "voice.ogg", "stereo.webm", "dictation.amr", "plain.mp4"])
def test_any_recording_becomes_a_voice_message(corpus: Corpus, workplace: Place, name: str) -> None:
    made = send(corpus, name, "voice", workplace)
    video, audio = streams(made)
    assert made.mime == "audio/ogg"
    assert video is None
    assert audio is not None
    assert (audio.codec, audio.channels) == ("opus", 1)
    assert made.duration == pytest.approx(2, abs=0.2)


def test_a_recording_taken_for_a_film_becomes_a_voice_message(corpus: Corpus, workplace: Place) -> None:
    prepared = prepare_outgoing(corpus["stereo.webm"], "video", workplace("quick"))
    assert prepared is not None
    assert prepared.kind == "voice"
    assert prepared.renditions[0].mime == "audio/ogg"


def test_a_voice_message_without_sound_is_refused(corpus: Corpus, workplace: Place) -> None:
    with pytest.raises(Refused) as caught:
        prepare_outgoing(corpus["silent.mp4"], "voice", workplace("quick"))
    assert caught.value.reason is Reason.NOTHING_TO_PLAY


@pytest.mark.parametrize("name", ["recorder.webm", "rotated.mov", "silent.mp4"])
def test_a_round_video_is_square(corpus: Corpus, workplace: Place, name: str) -> None:
    made = send(corpus, name, "video_note", workplace)
    video, _ = streams(made)
    assert video is not None
    assert (video.codec, video.shown_size) == ("h264", (384, 384))


@pytest.mark.parametrize("name", ["recorder.webm", "phone.mov", "plain.mp4"])
def test_a_film_becomes_an_mp4_without_its_place(corpus: Corpus, workplace: Place, name: str) -> None:
    made = send(corpus, name, "video", workplace)
    video, audio = streams(made)
    assert made.mime == "video/mp4"
    assert made.path is not None
    assert b"41.31" not in made.path.read_bytes()
    assert video is not None
    assert video.codec == "h264"
    assert audio is not None
    assert audio.codec == "aac"


def test_a_photo_becomes_a_jpeg_without_its_place(corpus: Corpus, workplace: Place) -> None:
    for name in ("photo.jpg", "photo.heic"):
        made = send(corpus, name, "photo", workplace)
        assert made.mime == "image/jpeg"
        assert made.path is not None
        assert b"PhoneMaker" not in made.path.read_bytes()


def test_a_document_goes_as_it_is(corpus: Corpus, workplace: Place) -> None:
    assert prepare_outgoing(corpus["phone.mov"], "document", workplace("quick")) is None
