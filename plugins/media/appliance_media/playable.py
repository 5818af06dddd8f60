"""Write the file every browser plays, by copying where that works and by encoding where it does not."""

from __future__ import annotations

from pathlib import Path

from appliance import MadeRendition, Workplace
from appliance_media.commands import make_playable
from appliance_media.decide import Plan
from appliance_media.encoder import encode
from appliance_media.reasons import Reason, Refused


def write_playable(
    source: Path, plan: Plan, kind: str, workplace: Workplace, role: str = "playable"
) -> MadeRendition | None:
    """The rendition, or None when it is work for the slow lane. Raises Refused."""
    if plan.is_slow and workplace.lane == "quick":
        return None
    try:
        return _write(source, plan, kind, workplace, role)
    except Refused as refused:
        # Old containers hold plain streams without the time stamps a new one needs.
        if plan.copies and refused.reason is Reason.UNREADABLE:
            return write_playable(source, plan.without_copying(), kind, workplace, role)
        raise


def _write(source: Path, plan: Plan, kind: str, workplace: Workplace, role: str) -> MadeRendition:
    suffix, mime = _names(plan)
    target = workplace.folder / f"{role}{suffix}"
    found = encode(make_playable(plan, source, target, kind), target, plan.duration, workplace.report)
    if not found.duration or (plan.video is None) != (found.video is None):
        raise Refused(Reason.UNREADABLE, "what came out does not play")
    width, height = found.video.shown_size if found.video else (None, None)
    return MadeRendition(role, target, mime, width, height, found.duration)


def _names(plan: Plan) -> tuple[str, str]:
    if plan.video is not None:
        return ".mp4", "video/mp4"
    return (".mp3", "audio/mpeg") if plan.is_mp3 else (".m4a", "audio/mp4")
