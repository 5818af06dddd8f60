"""The decision table: what has to be done to a file so that every browser plays it.

The one format all browsers share is H.264 8-bit 4:2:0 with AAC in MP4, and AAC in M4A or MP3 for sound. A stream that
is that already is copied: no processor time, no loss. Even then it gets a fresh container, because the original may
carry a place, a phone model or a second track nobody asked for; so a file that would play as it is and one that only
needs its index first are the same row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from appliance_media.guards import LONGEST_SECONDS
from appliance_media.probe import Probe, Stream
from appliance_media.reasons import Reason, Refused

SOUND_KINDS = frozenset({"voice", "audio"})
SILENT_KINDS = frozenset({"animation"})

PLAYABLE_PROFILES = frozenset({"Baseline", "Constrained Baseline", "Main", "High"})
PLAYABLE_PIXELS = frozenset({"yuv420p", "yuvj420p"})
PLAYABLE_AAC = frozenset({"LC", "HE-AAC", "HE-AACv2"})
# An AVI stores no presentation times: copied out of it, pictures are shown in the order they were decoded.
TIMED_CONTAINERS = frozenset({"mov", "mp4", "matroska", "webm", "flv", "mpegts"})
LONG_SIDE, SHORT_SIDE = 1920, 1088
MOST_FRAMES_PER_SECOND = 60.5  # the average of a phone's 60 is a little more than 60
MOST_BITS_PER_SECOND = 8_000_000  # more stutters over the air of a shop
LONG_SOUND_SECONDS = 10 * 60


class Action(StrEnum):
    """One row of the table."""

    COPY = "copy"
    NEW_AUDIO = "new_audio"
    TRANSCODE = "transcode"
    COPY_SOUND = "copy_sound"
    ENCODE_SOUND = "encode_sound"


@dataclass(frozen=True)
class Plan:
    """What to do, with which streams. No `video` means sound alone; no `audio` a silent picture."""

    action: Action
    video: Stream | None
    audio: Stream | None
    duration: float | None

    @property
    def is_slow(self) -> bool:
        """True when it would keep others waiting: a picture to encode anew, or a long recording."""
        if self.action in (Action.COPY, Action.COPY_SOUND):
            return False
        return self.action is Action.TRANSCODE or (self.duration or 0) > LONG_SOUND_SECONDS

    @property
    def copies(self) -> bool:
        """True when a stream is taken over as it is."""
        return self.action in (Action.COPY, Action.NEW_AUDIO, Action.COPY_SOUND)

    def without_copying(self) -> Plan:
        """The plan for a file whose streams look plain but cannot be put into a new container as they are."""
        action = Action.ENCODE_SOUND if self.video is None else Action.TRANSCODE
        return replace(self, action=action)

    @property
    def is_mp3(self) -> bool:
        return self.action is Action.COPY_SOUND and self.audio is not None and self.audio.codec == "mp3"


def decide(found: Probe, kind: str) -> Plan:
    """Choose the row for a probed file that came as `kind` (a Part kind). Raises Refused when no row fits."""
    if (found.duration or 0) > LONGEST_SECONDS:
        raise Refused(Reason.TOO_LONG, f"{found.duration} s")
    if found.video is not None and not (kind in SOUND_KINDS and found.audio):
        return _plan_picture(found, found.video, None if kind in SILENT_KINDS else found.audio)
    if found.audio is not None:
        is_plain = _is_plain_sound(found.audio) and not found.is_cut
        action = Action.COPY_SOUND if is_plain else Action.ENCODE_SOUND
        return Plan(action, None, found.audio, found.duration)
    raise Refused(Reason.NOTHING_TO_PLAY, found.container)


def _plan_picture(found: Probe, video: Stream, audio: Stream | None) -> Plan:
    is_timed = not TIMED_CONTAINERS.isdisjoint(found.container.split(","))
    # Copied, the half picture at the end of a cut film would stop one browser and not the other.
    if found.is_cut or not (is_timed and _is_plain_picture(video, found.bits_per_second)):
        action = Action.TRANSCODE
    elif audio is None or _is_plain_aac(audio):
        action = Action.COPY
    else:
        action = Action.NEW_AUDIO
    return Plan(action, video, audio, found.duration)


def _is_plain_picture(video: Stream, whole_rate: int) -> bool:
    """True for H.264 that any browser on any phone decodes in hardware."""
    long_side, short_side = sorted((video.width, video.height), reverse=True)
    return (
        video.codec == "h264"
        and video.profile in PLAYABLE_PROFILES
        and video.pixels in PLAYABLE_PIXELS
        and not video.interlaced
        and long_side <= LONG_SIDE
        and short_side <= SHORT_SIDE
        and (video.width | video.height) % 2 == 0
        and video.frames_per_second <= MOST_FRAMES_PER_SECOND
        and (video.bits_per_second or whole_rate) <= MOST_BITS_PER_SECOND
    )


def _is_plain_aac(audio: Stream) -> bool:
    return audio.codec == "aac" and audio.profile in PLAYABLE_AAC


def _is_plain_sound(audio: Stream) -> bool:
    return audio.codec == "mp3" or _is_plain_aac(audio)
