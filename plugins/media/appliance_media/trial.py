"""The self-test: how fast does this box encode a short film, and so with what should it encode all of them?

| what | at least | then |
|---|---|---|
| h264_v4l2m2m, where such a device is there | 1 × real time, and a whole film comes out | 720 lines |
| libx264 veryfast | 1.5 × | 720 lines |
| libx264 superfast | 1 × | 720 lines |
| libx264 superfast | 0.4 × | 540 lines |
| libx264 ultrafast | – | 540 lines |

The bars leave room for what the test film is not: larger, HEVC, noisy. Software is measured by the processor's time,
so that a choice for years does not depend on what else the box did in these seconds.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from appliance_media import choice, gate, hardware
from appliance_media.child import Limits, run
from appliance_media.choice import HARDWARE, SOFTWARE, Choice
from appliance_media.commands import make_playable
from appliance_media.decide import Action, Plan
from appliance_media.guards import file_address
from appliance_media.probe import Stream, probe
from appliance_media.progress import Progress
from appliance_media.reasons import Reason, Refused

CLIP_SECONDS = 5
SIZE = (1280, 720)
HARDWARE_BAR, VERYFAST_BAR, SUPERFAST_BAR, SMALL_BAR = 1.0, 1.5, 1.0, 0.4
# A little motion everywhere and a little noise, as a hand and a phone's sensor make them.
SCENE = f"testsrc2=size={SIZE[0]}x{SIZE[1]}:rate=30:duration={CLIP_SECONDS},noise=alls=6:allf=t"
SOUND = f"sine=frequency=440:duration={CLIP_SECONDS}"
# Beside others it takes longer on the clock, which counts for nothing.
PATIENCE = 2.0
# Two threads wait for each other now and then.
TWO_THREADS = 1.5
MAKING = Limits(seconds=20, processor_seconds=40)


@dataclass(frozen=True)
class Trial:
    """One line of the table. `bar`: what it needed, in times of real time. `note`: why it counts for nothing."""

    choice: Choice
    bar: float
    note: str = ""

    @property
    def passed(self) -> bool:
        return not self.note and self.choice.speed >= self.bar


def choose(folder: Path) -> list[Trial]:
    """Try, keep the choice in `folder`, and tell what was tried; the last line is what was chosen.

    Takes some seconds, alone. Raises gate.Busy when something is being encoded, Refused when ffmpeg does not work.
    """
    with gate.alone(patient=False), tempfile.TemporaryDirectory() as scratch:
        trials = list(_try_all(Path(scratch)))
    measured = replace(
        trials[-1].choice,
        ffmpeg=choice.ffmpeg_version(),
        processors=choice.processors(),
        at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    choice.keep(measured, folder)
    return [*trials[:-1], replace(trials[-1], choice=measured)]


def _try_all(scratch: Path) -> Iterator[Trial]:
    clip = scratch / "clip.mp4"
    run(make_clip(clip), MAKING)
    if hardware.find_device():
        with_device = measure(Choice(HARDWARE), clip, scratch / "tried.mp4", HARDWARE_BAR)
        yield with_device
        if with_device.passed:
            return
    usual = measure(Choice(SOFTWARE, "veryfast"), clip, scratch / "tried.mp4", VERYFAST_BAR)
    yield usual
    if usual.passed:
        return
    faster = measure(Choice(SOFTWARE, "superfast"), clip, scratch / "tried.mp4", SUPERFAST_BAR)
    yield faster
    if not faster.passed:
        preset = "superfast" if faster.choice.speed >= SMALL_BAR else "ultrafast"
        yield Trial(replace(faster.choice, preset=preset, height=540), 0.0)


def measure(candidate: Choice, clip: Path, target: Path, bar: float) -> Trial:
    """Encode the clip as any film is encoded, and no longer than the bar allows."""
    source = probe(clip)
    plan = Plan(Action.TRANSCODE, source.video, source.audio, source.duration)
    command = make_playable(plan, clip, target, "video", candidate)
    limits = Limits(seconds=CLIP_SECONDS / bar + PATIENCE, processor_seconds=60)
    done = [0.0]
    watch = Stopwatch(by_processor=not candidate.is_hardware)
    note = ""
    try:
        run(command, limits, Progress(source.duration, done.append).feed)
        done.append(1.0)
    except Refused as refused:
        # Out of time is slow, not broken.
        note = "" if refused.reason is Reason.TOO_MUCH_WORK else "it failed"
    speed = CLIP_SECONDS * done[-1] / watch.seconds()
    if not note and done[-1] == 1.0 and not _is_whole(target, source.video):
        note = "what came out is broken"
    return Trial(replace(candidate, speed=round(speed, 2)), bar, note)


class Stopwatch:
    """Seconds since it was made: the clock's, or those that encoding takes by what children used of the processor."""

    def __init__(self, *, by_processor: bool) -> None:
        self._now = _processor_time if by_processor else time.monotonic
        self._began = self._now()

    def seconds(self) -> float:
        return max(0.01, self._now() - self._began)


def _processor_time() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) / (TWO_THREADS if choice.processors() > 1 else 1)


def make_clip(target: Path) -> list[str]:
    """The command that draws the film; not built like the others: its input is a scene of ffmpeg's own."""
    scene = ["-f", "lavfi", "-i", SCENE, "-f", "lavfi", "-i", SOUND]
    encoded = ["-c:v", SOFTWARE, "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    return ["ffmpeg", "-nostdin", "-hide_banner", "-v", "error", "-y", *scene, *encoded, file_address(target)]


def _is_whole(target: Path, source: Stream | None) -> bool:
    """A device may take pictures and give nothing back, or fewer, or others."""
    try:
        found = probe(target)
    except Refused:
        return False
    video = found.video
    if video is None or source is None:
        return False
    is_plain = (video.codec, video.pixels, video.shown_size) == ("h264", "yuv420p", source.shown_size)
    return is_plain and abs((found.duration or 0) - CLIP_SECONDS) < 0.5
