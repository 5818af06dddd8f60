"""Make what a messenger wants of what staff attached: voice, round video, film, photo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from appliance import MadeRendition, Prepared, Workplace
from appliance_media.builder import Options, build
from appliance_media.choice import SAFE, Choice
from appliance_media.commands import ANONYMOUS, INDEX_FIRST, PROGRESS
from appliance_media.decide import decide
from appliance_media.encoder import encode, encode_picture
from appliance_media.filters import cut_square, mend_picture
from appliance_media.gate import Busy
from appliance_media.guards import file_address
from appliance_media.outgoing_film import ROLE, send_film
from appliance_media.picture_codec import plain_video
from appliance_media.pictures import make_pictures
from appliance_media.probe import Probe, Stream, probe
from appliance_media.reasons import Reason, Refused

NOTE_SIDE = 384
NOTE_SECONDS = 60
NOTE_KILOBITS = 900


def prepare_outgoing(source: Path, kind: str, workplace: Workplace, playable: Path | None = None) -> Prepared | None:
    """A rendition of kind 'outgoing', without place or phone model; None for a kind that goes as it is.

    `playable` is what pages show of the file, once that is made. What takes long is unfinished while the box is busy
    with it or with another picture; all else is done at once, whatever the lane. Raises Refused.
    """
    try:
        return _prepare(source, kind, workplace, playable)
    except Busy:
        return Prepared(unfinished=True)


def _prepare(source: Path, kind: str, workplace: Workplace, playable: Path | None) -> Prepared | None:
    if kind == "photo":
        picture = make_pictures(source, "photo", workplace.folder)[0]
        return _prepared(replace(picture, kind=ROLE))
    if kind == "voice":
        return _prepared(_write_voice(source, probe(source), workplace))
    if kind == "video_note":
        return _prepared(_write_note(source, probe(source), workplace))
    if kind in ("video", "animation", "audio"):
        found = probe(source)
        if kind == "video" and found.video is None and found.audio is not None:
            # A browser's recording: every .webm is called a video.
            return replace(_prepared(_write_voice(source, found, workplace)), kind="voice")
        made = send_film(source, decide(found, kind), kind, workplace, playable)
        return Prepared(unfinished=True) if made is None else _prepared(made)
    return None


def _prepared(made: MadeRendition) -> Prepared:
    return Prepared((made,), width=made.width, height=made.height, duration=made.duration)


def _write_voice(source: Path, found: Probe, workplace: Workplace) -> MadeRendition:
    if found.audio is None:
        raise Refused(Reason.NOTHING_TO_PLAY, "no sound")
    target = workplace.folder / f"{ROLE}.ogg"
    made = encode(make_voice(found.audio, source, target), target, found.duration, workplace.report)
    return MadeRendition(ROLE, target, "audio/ogg", duration=made.duration)


def _write_note(source: Path, found: Probe, workplace: Workplace) -> MadeRendition:
    video = found.video
    if video is None:
        raise Refused(Reason.NOTHING_TO_PLAY, "no picture")
    target = workplace.folder / f"{ROLE}.mp4"
    length = min(found.duration or NOTE_SECONDS, NOTE_SECONDS)

    def command(chosen: Choice) -> list[str]:
        return make_note(video, found.audio, source, target, chosen)

    made = encode_picture(command, target, length, workplace.report, patient=False)
    return MadeRendition(ROLE, target, "video/mp4", NOTE_SIDE, NOTE_SIDE, made.duration)


def make_voice(audio: Stream, source: Path, target: Path) -> list[str]:
    """OGG with mono Opus: shown as a voice message, not as a music file. A browser's recording is copied."""
    fits = audio.codec == "opus" and audio.channels == 1
    encode: Options = {"c:a": "libopus", "b:a": "32k", "application": "voip", "ac": 1, "ar": 48000}
    how: Options = {"c:a": "copy"} if fits else encode
    return build(source, file_address(target), [audio.index], {**how, **ANONYMOUS, "f": "ogg", **PROGRESS})


def make_note(video: Stream, audio: Stream | None, source: Path, target: Path, chosen: Choice = SAFE) -> list[str]:
    """A round video message: the middle square, at most one minute."""
    streams = [stream.index for stream in (video, audio) if stream is not None]
    picture = {**plain_video(chosen, NOTE_KILOBITS, crf=25), "t": NOTE_SECONDS}
    sound: Options = {"c:a": "aac", "b:a": "64k", "ac": 1, "ar": 44100} if audio else {}
    output = {**picture, **sound, **ANONYMOUS, **INDEX_FIRST, "f": "mp4", **PROGRESS}
    filters = [*mend_picture(video), *cut_square(NOTE_SIDE)]
    return build(source, file_address(target), streams, output, filters=filters)
