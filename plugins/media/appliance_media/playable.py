"""Write the file every browser plays, by copying where that works and by encoding where it does not."""

from __future__ import annotations

from pathlib import Path

from appliance import MadeRendition, Workplace
from appliance_media.choice import SAFE, Choice
from appliance_media.commands import make_playable
from appliance_media.decide import Action, Plan
from appliance_media.encoder import encode, encode_picture
from appliance_media.reasons import Reason, Refused

ROLE = "playable"


def write_playable(
    source: Path, plan: Plan, kind: str, workplace: Workplace, role: str = ROLE, kilobits: int = 0
) -> MadeRendition | None:
    """The rendition, or None when it is work for the slow lane. `kilobits` bounds an encoded picture's rate.

    Raises Refused; for another role than 'playable', which somebody waits for, also gate.Busy.
    """
    if plan.is_slow and workplace.lane == "quick":
        return None
    try:
        return _write(source, plan, kind, workplace, role, kilobits)
    except Refused as refused:
        # Old containers hold plain streams without the time stamps a new one needs.
        if plan.copies and refused.reason is Reason.UNREADABLE:
            return write_playable(source, plan.without_copying(), kind, workplace, role, kilobits)
        raise


def _names(plan: Plan) -> tuple[str, str]:
    """Ending and MIME type of what a plan makes."""
    if plan.video is not None:
        return ".mp4", "video/mp4"
    return (".mp3", "audio/mpeg") if plan.is_mp3 else (".m4a", "audio/mp4")


def _write(source: Path, plan: Plan, kind: str, workplace: Workplace, role: str, kilobits: int) -> MadeRendition:
    suffix, mime = _names(plan)
    target = workplace.folder / f"{role}{suffix}"

    def command(chosen: Choice = SAFE) -> list[str]:
        return make_playable(plan, source, target, kind, chosen, kilobits)

    if plan.action is Action.TRANSCODE:
        found = encode_picture(command, target, plan.duration, workplace.report, patient=role == ROLE)
    else:
        found = encode(command(), target, plan.duration, workplace.report)
    if not found.duration or (plan.video is None) != (found.video is None):
        raise Refused(Reason.UNREADABLE, "what came out does not play")
    width, height = found.video.shown_size if found.video else (None, None)
    return MadeRendition(role, target, mime, width, height, found.duration)
