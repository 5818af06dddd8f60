"""The still picture a film shows before it is played."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from appliance import MadeRendition
from appliance_media.child import MEBIBYTE, Limits, run
from appliance_media.commands import make_poster
from appliance_media.probe import Stream, probe
from appliance_media.reasons import Refused

LIMITS = Limits(seconds=60, processor_seconds=60, file_size=16 * MEBIBYTE)


def write_poster(video: Stream, source: Path, folder: Path) -> list[MadeRendition]:
    """A film without a poster still plays, so a poster that cannot be made is no failure."""
    target = folder / "poster.jpg"
    for second in (1, 0):  # past the end of a short film ffmpeg ends well and writes nothing
        with suppress(Refused):
            run(make_poster(video, source, target, second), LIMITS)
            if target.is_file() and target.stat().st_size:
                return [MadeRendition("poster", target, "image/jpeg", *video.shown_size)]
    return []


def write_poster_anew(film: MadeRendition, folder: Path) -> list[MadeRendition]:
    """The poster out of the finished film: of an HDR original the first one may show odd colours, or nothing."""
    with suppress(Refused):
        video = probe(film.path).video if film.path else None
        if video is not None and film.path is not None:
            return write_poster(video, film.path, folder)
    return []
