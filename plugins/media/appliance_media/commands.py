"""The commands that make what the page shows: playable, poster, waveform samples."""

from __future__ import annotations

from pathlib import Path

from appliance_media.builder import Filter, Options, build
from appliance_media.choice import SAFE, Choice
from appliance_media.decide import Action, Plan
from appliance_media.filters import fit, fitted_picture, plain_picture
from appliance_media.guards import file_address
from appliance_media.picture_codec import plain_video
from appliance_media.probe import Stream

# No place, no phone model, no chapters, no subtitles, no hidden data track.
ANONYMOUS: Options = {"map_metadata": -1, "map_chapters": -1, "sn": None, "dn": None}
INDEX_FIRST: Options = {"movflags": "+faststart"}
PROGRESS: Options = {"progress": "pipe:1"}
PLAIN_AUDIO: Options = {"c:a": "aac", "b:a": "96k", "ac": 2, "ar": 44100}
SAMPLES_PER_SECOND = 8000
POSTER_WIDTH = 640
STICKER_SIDE, STICKER_SECONDS = 256, 10


def make_playable(
    plan: Plan, source: Path, target: Path, kind: str, chosen: Choice = SAFE, kilobits: int = 0
) -> list[str]:
    """The command for a plan of `decide`; it reports progress on its stdout. A picture is encoded as `chosen` says, and
    takes at most so many `kilobits` a second, 0 = as usual."""
    how: dict[Action, Options] = {
        Action.COPY: {"c": "copy"},
        Action.NEW_AUDIO: {"c:v": "copy", **PLAIN_AUDIO},
        Action.TRANSCODE: {**plain_video(chosen, kilobits), **(PLAIN_AUDIO if plan.audio else {})},
        Action.COPY_SOUND: {"c": "copy"},
        Action.ENCODE_SOUND: {"c:a": "aac", "ar": 44100, **_sound_width(kind)},
    }
    streams = [stream.index for stream in (plan.video, plan.audio) if stream is not None]
    filters: list[Filter] = []
    if plan.video is not None and plan.action is Action.TRANSCODE:
        filters = plain_picture(plan.video, chosen.height)
    output = {**how[plan.action], **ANONYMOUS, **_container(plan), **PROGRESS}
    return build(source, file_address(target), streams, output, filters=filters)


def make_poster(video: Stream, source: Path, target: Path, at_second: int = 0) -> list[str]:
    """One JPEG frame, from the original so that it is there before a long transcode is."""
    filters = fitted_picture(video, POSTER_WIDTH, POSTER_WIDTH)
    # An old FLV finds no picture even at second 0 once it is asked to seek there.
    reading: Options = {"ss": at_second} if at_second else {}
    output: Options = {"frames:v": 1, "q:v": 5, "f": "image2", "update": 1, "pix_fmt": "yuvj420p", **ANONYMOUS}
    return build(source, file_address(target), [video.index], output, filters=filters, reading=reading)


def read_samples(audio: Stream, source: Path) -> list[str]:
    """Sound as raw signed 16-bit little-endian mono on stdout."""
    output: Options = {"c:a": "pcm_s16le", "ac": 1, "ar": SAMPLES_PER_SECOND, "f": "s16le"}
    return build(source, "pipe:1", [audio.index], output)


def make_sticker(video: Stream, source: Path, target: Path) -> list[str]:
    """An animated WebP that keeps the see-through parts of a WebM sticker."""
    # ffmpeg's own VP9 decoder drops the alpha layer without a word; libvpx keeps it.
    decoder: Options = {"c:v": "libvpx-vp9"} if video.codec == "vp9" else {}
    filters: list[Filter] = [("fps", {"fps": 20}), fit(STICKER_SIDE, STICKER_SIDE)]
    output: Options = {"c:v": "libwebp_anim", "loop": 0, "an": None, "f": "webp", "t": STICKER_SECONDS, **ANONYMOUS}
    return build(source, file_address(target), [video.index], output, filters=filters, reading=decoder)


def _sound_width(kind: str) -> Options:
    return {"ac": 1, "b:a": "48k"} if kind == "voice" else {"ac": 2, "b:a": "128k"}


def _container(plan: Plan) -> Options:
    if plan.is_mp3:
        return {"f": "mp3", "id3v2_version": 0}
    return {"f": "ipod" if plan.video is None else "mp4", **INDEX_FIRST}
