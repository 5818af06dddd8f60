"""Make what the page shows of a file: a picture and its thumbnail, a film and its poster, a sound and its outline."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from appliance import MadeRendition, Prepared, Workplace
from appliance_media.decide import Plan, decide
from appliance_media.documents import prepare_pdf, prepare_text
from appliance_media.peaks import read_peaks
from appliance_media.pictures import make_pictures
from appliance_media.playable import write_playable
from appliance_media.posters import write_poster, write_poster_anew
from appliance_media.probe import Stream, probe
from appliance_media.reasons import Reason, Refused
from appliance_media.sniff import look_at
from appliance_media.stickers import write_sticker

NOT_WHAT_IT_LOOKS_LIKE = (Reason.UNREADABLE, Reason.NOTHING_TO_PLAY)


def prepare(source: Path, kind: str, workplace: Workplace) -> Prepared:
    """Renditions of `source`, which came as `kind`, in `workplace.folder`.

    The quick lane answers `unfinished` after the poster when the film has to be encoded anew; the slow lane then adds
    the film alone. Raises Refused.
    """
    look = look_at(source)
    if kind == "sticker":
        return _prepare_sticker(source, look, workplace)
    if kind == "document":
        return _prepare_document(source, look, workplace)
    if kind == "photo" or (look == "picture" and kind == "animation"):
        return _prepare_photo(source, workplace)
    return _prepare_media(source, kind, workplace)


def _prepare_sticker(source: Path, look: str, workplace: Workplace) -> Prepared:
    made = write_sticker(source, look, workplace.folder)
    return Prepared((made,), width=made.width, height=made.height, duration=made.duration)


def _prepare_photo(source: Path, workplace: Workplace) -> Prepared:
    made = make_pictures(source, "photo", workplace.folder)
    return Prepared(tuple(made), width=made[0].width, height=made[0].height)


def _prepare_document(source: Path, look: str, workplace: Workplace) -> Prepared:
    """Bytes may look like a film's and be none: then it is a text or just a file, and no failure."""
    if look == "pdf":
        return prepare_pdf(source, workplace)
    try:
        if look == "picture":
            return _prepare_photo(source, workplace)
        if look == "media":
            return _prepare_media(source, "document", workplace)
    except Refused as refused:
        if refused.reason not in NOT_WHAT_IT_LOOKS_LIKE:
            raise
    return prepare_text(source, workplace)


def _prepare_media(source: Path, kind: str, workplace: Workplace) -> Prepared:
    plan = decide(probe(source), kind)
    made = []
    if plan.video is not None and workplace.lane == "quick":
        made += write_poster(plan.video, source, workplace.folder)
    if plan.video is None and plan.audio is not None and not (plan.is_slow and workplace.lane == "quick"):
        return _prepare_sound(source, plan, plan.audio, kind, workplace)
    playable = write_playable(source, plan, kind, workplace)
    if playable is None:
        width, height = plan.video.shown_size if plan.video else (None, None)
        return Prepared(tuple(made), unfinished=True, width=width, height=height, duration=plan.duration)
    made.append(playable)
    if plan.video is not None and plan.video.is_hdr:
        made += write_poster_anew(playable, workplace.folder)
    return Prepared(tuple(made), width=playable.width, height=playable.height, duration=playable.duration)


def _prepare_sound(source: Path, plan: Plan, audio: Stream, kind: str, workplace: Workplace) -> Prepared:
    """A sound and its outline, both at once: a voice is listened to while it is new."""
    with ThreadPoolExecutor(1) as other:
        drawing = other.submit(read_peaks, audio, source)
        playable = write_playable(source, plan, kind, workplace)
        if playable is None:  # a long one that cannot be copied after all
            return Prepared(unfinished=True, duration=plan.duration)
        made = [playable]
        # A sound without an outline still plays.
        with suppress(Refused):
            made.append(MadeRendition("waveform", None, "application/json", data={"peaks": drawing.result()}))
    return Prepared(tuple(made), duration=playable.duration)
