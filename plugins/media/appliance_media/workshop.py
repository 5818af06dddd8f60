"""Make what the page shows of a file: a picture and its thumbnail, a film and its poster, a sound and its outline."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from appliance import MadeRendition, Prepared, Workplace
from appliance_media.child import MEBIBYTE, Limits, run
from appliance_media.commands import make_poster, make_sticker
from appliance_media.decide import Plan, decide
from appliance_media.peaks import read_peaks
from appliance_media.pictures import make_pictures
from appliance_media.playable import write_playable
from appliance_media.probe import Stream, probe
from appliance_media.reasons import Reason, Refused
from appliance_media.sniff import look_at

PICTURE_LIMITS = Limits(seconds=60, processor_seconds=60, file_size=16 * MEBIBYTE)


def prepare(source: Path, kind: str, workplace: Workplace) -> Prepared:
    """Renditions of `source`, which came as `kind`, in `workplace.folder`.

    The quick lane answers `unfinished` after the poster when the film has to be encoded anew; the slow lane then adds
    the film alone. Raises Refused.
    """
    look = look_at(source)
    if kind == "sticker":
        return Prepared((_make_sticker(source, look, workplace),))
    if kind == "photo" or (look == "picture" and kind in ("document", "animation")):
        return _prepare_photo(source, workplace)
    if kind == "document":
        return _prepare_document(source, look, workplace)
    return _prepare_media(source, kind, workplace)


def _prepare_photo(source: Path, workplace: Workplace) -> Prepared:
    made = make_pictures(source, "photo", workplace.folder)
    return Prepared(tuple(made), width=made[0].width, height=made[0].height)


def _prepare_document(source: Path, look: str, workplace: Workplace) -> Prepared:
    """A film sent as a file plays too; anything that turns out not to be one is just a file, and no failure."""
    if look != "media":
        return Prepared()
    try:
        return _prepare_media(source, "document", workplace)
    except Refused as refused:
        if refused.is_about_the_box:
            raise
        return Prepared()


def _prepare_media(source: Path, kind: str, workplace: Workplace) -> Prepared:
    plan = decide(probe(source), kind)
    made = []
    if plan.video is not None and workplace.lane == "quick":
        made += _make_poster(plan.video, source, workplace.folder)
    playable = write_playable(source, plan, kind, workplace)
    if playable is None:
        width, height = plan.video.shown_size if plan.video else (None, None)
        return Prepared(tuple(made), unfinished=True, width=width, height=height, duration=plan.duration)
    made.append(playable)
    if playable.path and plan.video is None:
        made += _make_outline(playable.path)
    return Prepared(tuple(made), width=playable.width, height=playable.height, duration=playable.duration)


def _make_poster(video: Stream, source: Path, folder: Path) -> list[MadeRendition]:
    """A film without a poster still plays, so a poster that cannot be made is no failure."""
    target = folder / "poster.jpg"
    for second in (1, 0):  # past the end of a short film ffmpeg ends well and writes nothing
        with suppress(Refused):
            run(make_poster(video, source, target, second), PICTURE_LIMITS)
            if target.is_file() and target.stat().st_size:
                return [MadeRendition("poster", target, "image/jpeg", *video.shown_size)]
    return []


def _make_outline(sound: Path) -> list[MadeRendition]:
    with suppress(Refused):
        audio = probe(sound).audio
        if audio is not None:
            return [MadeRendition("waveform", None, "application/json", data={"peaks": read_peaks(audio, sound)})]
    return []


def _make_sticker(source: Path, look: str, workplace: Workplace) -> MadeRendition:
    if look == "lottie":
        raise Refused(Reason.ANIMATED_STICKER)
    if look == "picture":
        return make_pictures(source, "sticker", workplace.folder)[0]
    plan: Plan = decide(probe(source), "animation")
    if plan.video is None:
        raise Refused(Reason.NOTHING_TO_PLAY)
    target = workplace.folder / "playable.webp"
    run(make_sticker(plan.video, source, target), PICTURE_LIMITS)
    return MadeRendition("playable", target, "image/webp", *plan.video.shown_size)
