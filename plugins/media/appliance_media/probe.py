"""Look into a media file with ffprobe: what streams it holds, and how a player must show them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from appliance_media.boxes import is_cut
from appliance_media.child import Limits, run
from appliance_media.guards import INPUT_GUARDS, file_address
from appliance_media.reasons import Reason, Refused

PROBE_LIMITS = Limits(seconds=20, processor_seconds=20, memory=1024 * 1024 * 1024)
TOO_MANY_PIXELS = "exceeds specified max pixel count"
INTERLACED = frozenset({"tt", "bb", "tb", "bt"})
HDR_TRANSFERS = frozenset({"smpte2084", "arib-std-b67"})


@dataclass(frozen=True)
class Stream:
    """One stream. Width and height as stored; `rotation` in degrees; `aspect` is the shape of one pixel."""

    index: int
    kind: str
    codec: str
    profile: str = ""
    width: int = 0
    height: int = 0
    rotation: int = 0
    aspect: Fraction = Fraction(1)
    pixels: str = ""
    transfer: str = ""
    frames_per_second: float = 0.0
    bits_per_second: int = 0
    interlaced: bool = False
    is_cover: bool = False
    channels: int = 0

    @property
    def shown_size(self) -> tuple[int, int]:
        """Width and height as a person sees them: square pixels, upright."""
        width = round(self.width * self.aspect)
        return (self.height, width) if self.rotation % 180 else (width, self.height)

    @property
    def is_hdr(self) -> bool:
        return self.transfer in HDR_TRANSFERS


@dataclass(frozen=True)
class Probe:
    """One file: `container` is ffprobe's format name, `duration` seconds or None when the file does not say.
    `is_cut`: the index speaks of more than there is."""

    container: str
    duration: float | None
    bits_per_second: int
    streams: tuple[Stream, ...]
    is_cut: bool = False

    @property
    def video(self) -> Stream | None:
        """The moving picture; the cover of a song is none."""
        return next((s for s in self.streams if s.kind == "video" and s.width and not s.is_cover), None)

    @property
    def audio(self) -> Stream | None:
        return next((s for s in self.streams if s.kind == "audio" and s.channels), None)


def probe(path: Path) -> Probe:
    """Probe a local file in a limited child. Raises Refused when it is not media or breaks a limit."""
    try:
        seen = path.stat()
    except OSError as error:
        raise Refused(Reason.UNREADABLE, f"{error.strerror}") from error
    return _probe(path, seen.st_ino, seen.st_size, seen.st_mtime_ns)


@lru_cache(maxsize=16)  # both lanes ask about a film, and a sound is asked about by whoever draws its outline
def _probe(path: Path, _inode: int, _size: int, _changed: int) -> Probe:
    guards = [word for name, value in INPUT_GUARDS.items() for word in (f"-{name}", str(value))]
    wanted = ["-v", "error", "-of", "json", "-show_format", "-show_streams"]
    try:
        answer = run(["ffprobe", "-hide_banner", *wanted, *guards, "-i", file_address(path)], PROBE_LIMITS)
    except Refused as refused:
        if TOO_MANY_PIXELS in refused.detail:
            raise Refused(Reason.PICTURE_TOO_LARGE, refused.detail) from refused
        raise
    found = read_answer(answer)
    return replace(found, is_cut=is_cut(path)) if "mp4" in found.container.split(",") else found


def read_answer(answer: bytes) -> Probe:
    """Turn ffprobe's JSON into a Probe; fields it leaves out take the value of a plain file."""
    try:
        raw = json.loads(answer)
        streams = tuple(_stream(each) for each in raw.get("streams", []))
        container = raw.get("format", {})
        duration = _number(container.get("duration")) or None
        whole_rate = int(_number(container.get("bit_rate")))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused(Reason.UNREADABLE, f"ffprobe answered {error}") from error
    return Probe(str(container.get("format_name", "")), duration, whole_rate, streams)


def _stream(raw: dict[str, Any]) -> Stream:
    return Stream(
        index=int(raw["index"]),
        kind=str(raw.get("codec_type", "")),
        codec=str(raw.get("codec_name", "")),
        profile=str(raw.get("profile", "")),
        width=int(raw.get("width", 0)),
        height=int(raw.get("height", 0)),
        rotation=_rotation(raw),
        aspect=_aspect(raw.get("sample_aspect_ratio")),
        pixels=str(raw.get("pix_fmt", "")),
        transfer=str(raw.get("color_transfer", "")),
        frames_per_second=float(_ratio(raw.get("avg_frame_rate"), "/") or _ratio(raw.get("r_frame_rate"), "/")),
        bits_per_second=int(_number(raw.get("bit_rate"))),
        interlaced=raw.get("field_order") in INTERLACED,
        is_cover=bool(raw.get("disposition", {}).get("attached_pic")),
        channels=int(raw.get("channels", 0)),
    )


def _rotation(raw: dict[str, Any]) -> int:
    turns = [_number(data["rotation"]) for data in raw.get("side_data_list", []) if "rotation" in data]
    return round(turns[0]) % 360 if turns else 0


def _aspect(text: object) -> Fraction:
    ratio = _ratio(text, ":")
    # Nothing ever made has pixels longer than this; a made-up ratio would ask for a picture a mile wide.
    return ratio if Fraction(1, 4) <= ratio <= 4 else Fraction(1)


def _ratio(text: object, mark: str) -> Fraction:
    above, _, below = str(text or "").partition(mark)
    try:
        return Fraction(int(above), int(below))
    except (ValueError, ZeroDivisionError):
        return Fraction(0)


def _number(text: object) -> float:
    """ffprobe writes numbers as text and unknown ones as N/A."""
    try:
        return float(str(text))
    except ValueError:
        return 0.0
