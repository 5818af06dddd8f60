"""Run one ffmpeg command that makes a rendition, report how far it is, and look at what came out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from appliance_media import gate
from appliance_media.child import Limits, run
from appliance_media.choice import SAFE, Choice, current
from appliance_media.probe import Probe, probe
from appliance_media.progress import Progress
from appliance_media.reasons import Reason, Refused

SHORTEST_WAIT, LONGEST_WAIT, USUAL_WAIT = 180, 3600, 1200
WAIT_PER_SECOND = 20  # an eight-year-old small board encodes a 4K film at about a tenth of its speed
log = logging.getLogger("appliance.media")


def encode(command: Sequence[str], target: Path, duration: float | None, report: Callable[[float], None]) -> Probe:
    """Run `command`, which writes `target` and its progress to stdout; return the probe of what it wrote.

    ffmpeg may end well and have written nothing one could play, so only the file itself is believed.
    """
    run(command, limits_for(duration), Progress(duration, report).feed)
    if not target.is_file() or not target.stat().st_size:
        raise Refused(Reason.UNREADABLE, "nothing came out")
    return probe(target)


def encode_picture(
    command: Callable[[Choice], Sequence[str]],
    target: Path,
    duration: float | None,
    report: Callable[[float], None],
    *,
    patient: bool,
) -> Probe:
    """The same with this box's encoder, while nothing else is encoded. Raises gate.Busy unless `patient`."""
    chosen = current()
    with gate.alone(patient=patient):
        try:
            return encode(command(chosen), target, duration, report)
        except Refused as refused:
            if not chosen.is_hardware or refused.is_about_the_box:
                raise
            log.warning("%s failed, %s does it: %s", chosen.encoder, SAFE.encoder, refused)
        return encode(command(SAFE), target, duration, report)


def limits_for(duration: float | None) -> Limits:
    """Time for the work on `duration` seconds of film; two threads may use twice the clock's time."""
    # A browser's recording does not say how long it is.
    seconds = min(LONGEST_WAIT, SHORTEST_WAIT + WAIT_PER_SECOND * duration) if duration else USUAL_WAIT
    return Limits(seconds=seconds, processor_seconds=int(seconds * 2))
