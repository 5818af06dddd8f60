"""A sticker, still or moving, as a WebP that keeps its see-through parts."""

from __future__ import annotations

from pathlib import Path

from appliance import MadeRendition
from appliance_media.child import MEBIBYTE, Limits, run
from appliance_media.commands import STICKER_SECONDS, STICKER_SIDE, make_sticker
from appliance_media.decide import decide
from appliance_media.pictures import draw_animation, make_pictures
from appliance_media.probe import probe
from appliance_media.reasons import Reason, Refused

LIMITS = Limits(seconds=60, processor_seconds=60, file_size=16 * MEBIBYTE)
LONGEST_SIDE = 2048  # every frame is decoded in full, and messengers allow a quarter of it


def write_sticker(source: Path, look: str, folder: Path) -> MadeRendition:
    """By what its bytes are: drawing instructions, a picture, or a film. Raises Refused."""
    if look == "gzip":
        return draw_animation(source, folder)
    if look == "picture":
        return make_pictures(source, "sticker", folder)[0]
    return _write_film(source, folder)


def _write_film(source: Path, folder: Path) -> MadeRendition:
    plan = decide(probe(source), "animation")
    if plan.video is None:
        raise Refused(Reason.NOTHING_TO_PLAY)
    width, height = plan.video.shown_size
    if max(width, height) > LONGEST_SIDE:
        raise Refused(Reason.PICTURE_TOO_LARGE, f"{width}x{height}")
    target = folder / "playable.webp"
    run(make_sticker(plan.video, source, target), LIMITS)
    if not target.is_file() or not target.stat().st_size:
        raise Refused(Reason.UNREADABLE, "nothing came out")
    scale = min(1, STICKER_SIDE / max(width, height))
    duration = min(plan.duration, STICKER_SECONDS) if plan.duration else None
    return MadeRendition("playable", target, "image/webp", round(width * scale), round(height * scale), duration)
