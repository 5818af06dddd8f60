"""A film as a messenger takes it: the one that pages show, if it fits; else one of its own."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

from appliance import MadeRendition, Workplace
from appliance_media.child import MEBIBYTE
from appliance_media.decide import Plan
from appliance_media.playable import write_playable
from appliance_media.probe import probe
from appliance_media.reasons import Refused

ROLE = "outgoing"
# What messengers take from a bot; the rest of the 50 MiB is for containers and a rate that is kept on average only.
LARGEST = 50 * MEBIBYTE
AIM = 46 * MEBIBYTE
SOUND_KILOBITS = 128
FEWEST_KILOBITS = 200


def send_film(source: Path, plan: Plan, kind: str, workplace: Workplace, playable: Path | None) -> MadeRendition | None:
    """The rendition; None while the slow lane still works on what may serve here too. Raises Refused, Busy."""
    is_film = plan.video is not None
    if is_film and playable is not None and (made := _take_over(playable, plan, workplace)):
        return made
    if is_film and plan.is_slow and workplace.lane == "quick":
        return None
    at_once = replace(workplace, lane="slow")
    return write_playable(source, plan, kind, at_once, ROLE, bounded_kilobits(plan))


def _take_over(playable: Path, plan: Plan, workplace: Workplace) -> MadeRendition | None:
    """The same bytes once more, which cost neither processor time nor disk; None if they do not fit."""
    if playable.stat().st_size > LARGEST:
        return None
    try:
        found = probe(playable)
    except Refused:
        return None
    video, audio = found.video, found.audio
    is_plain = video is not None and video.codec == "h264" and (audio is None or audio.codec == "aac")
    if video is None or not is_plain or (audio is None) != (plan.audio is None):
        return None
    target = workplace.folder / f"{ROLE}.mp4"
    try:
        os.link(playable, target)
    except OSError:  # another disk, or one that knows no links
        shutil.copyfile(playable, target)
    return MadeRendition(ROLE, target, "video/mp4", *video.shown_size, found.duration)


def bounded_kilobits(plan: Plan) -> int:
    """So that a long film still fits; 0 = as usual."""
    if not plan.duration:
        return 0
    return max(FEWEST_KILOBITS, int(AIM * 8 / 1000 / plan.duration) - SOUND_KILOBITS)
