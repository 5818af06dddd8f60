from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from appliance import Lane, MadeRendition, Prepared, Workplace
from appliance_media import gate
from appliance_media.decide import decide
from appliance_media.outgoing import prepare_outgoing
from appliance_media.outgoing_film import FEWEST_KILOBITS, LARGEST, SOUND_KILOBITS, bounded_kilobits
from appliance_media.probe import Stream, probe
from appliance_media.reasons import Reason, Refused
from plugins.media.tests.boxed import folder
from plugins.media.tests.conftest import Corpus

__all__ = ["folder"]

Place = Callable[[Lane], Workplace]


def send(corpus: Corpus, name: str, kind: str, workplace: Place) -> MadeRendition:
    prepared = prepare_outgoing(corpus[name], kind, workplace("slow"))
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


def prepare_with(corpus: Corpus, name: str, playable: Path | None, at: Workplace) -> Prepared:
    prepared = prepare_outgoing(corpus[name], "video", at, playable)
    assert prepared is not None
    return prepared


def test_a_film_that_pages_show_already_is_sent_as_it_is(
    corpus: Corpus, workplace: Place, make: Callable[[str, str], dict[str, MadeRendition]]
) -> None:
    playable = make("phone.mov", "video")["playable"].path
    assert playable is not None
    (made,) = prepare_with(corpus, "phone.mov", playable, workplace("quick")).renditions
    assert made.kind == "outgoing"
    assert made.path is not None
    assert made.path.read_bytes() == playable.read_bytes()
    assert (made.mime, made.width, made.height) == ("video/mp4", 320, 240)


def test_a_film_waits_for_what_pages_will_show(corpus: Corpus, workplace: Place) -> None:
    assert prepare_with(corpus, "phone.mov", None, workplace("quick")) == Prepared(unfinished=True)


def test_a_film_that_is_too_large_is_encoded_to_fit(corpus: Corpus, workplace: Place, tmp_path: Path) -> None:
    large = tmp_path / "large.mp4"
    large.write_bytes(corpus["plain.mp4"].read_bytes())
    os.truncate(large, LARGEST + 1)
    (made,) = prepare_with(corpus, "phone.mov", large, workplace("slow")).renditions
    assert made.path is not None
    assert made.path.stat().st_size < LARGEST
    plan = decide(probe(corpus["phone.mov"]), "video")
    for seconds in (60, 600, 3600):
        kilobits = bounded_kilobits(replace(plan, duration=seconds))
        fits = (kilobits + SOUND_KILOBITS) * 1000 / 8 * seconds <= LARGEST
        assert fits or kilobits == FEWEST_KILOBITS


@pytest.mark.parametrize("name", ["phone.mov", "silent.mp4"])
def test_what_pages_show_is_not_sent_when_it_lacks_something(corpus: Corpus, workplace: Place, name: str) -> None:
    other = corpus["silent.mp4" if name == "phone.mov" else "plain.mp4"]
    (made,) = prepare_with(corpus, name, other, workplace("slow")).renditions
    assert made.path is not None
    assert made.path.read_bytes() != other.read_bytes()


def test_a_round_video_waits_while_something_else_is_encoded(corpus: Corpus, workplace: Place, folder: Path) -> None:
    with gate.alone(patient=False):
        for lane in ("quick", "slow"):
            waiting = prepare_outgoing(corpus["silent.mp4"], "video_note", workplace(lane))
            assert waiting == Prepared(unfinished=True)
    assert prepare_outgoing(corpus["silent.mp4"], "video_note", workplace("quick")) != Prepared(unfinished=True)


def test_a_voice_and_a_copy_do_not_wait(corpus: Corpus, workplace: Place, folder: Path) -> None:
    with gate.alone(patient=False):
        for name, kind in (("voice.ogg", "voice"), ("plain.mp4", "video"), ("photo.jpg", "photo")):
            prepared = prepare_outgoing(corpus[name], kind, workplace("quick"))
            assert prepared is not None
            assert not prepared.unfinished
