"""The outline of a sound: the loudest moments in equal steps, for the waveform of a voice bubble."""

from __future__ import annotations

import sys
from array import array
from pathlib import Path

from appliance_media.child import Limits, run
from appliance_media.commands import SAMPLES_PER_SECOND, read_samples
from appliance_media.probe import Stream

BARS = 100
SAMPLES_PER_STEP = SAMPLES_PER_SECOND // 20
LIMITS = Limits(seconds=180, processor_seconds=120)


class Outline:
    """Takes raw 16-bit little-endian samples in chunks of any size; keeps one number per 50 ms, never the sound."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._steps: list[int] = []

    def feed(self, chunk: bytes) -> None:
        self._waiting += chunk
        size = SAMPLES_PER_STEP * 2
        whole = len(self._waiting) - len(self._waiting) % size
        for start in range(0, whole, size):
            self._steps.append(_loudest(bytes(self._waiting[start : start + size])))
        del self._waiting[:whole]

    def bars(self, count: int = BARS) -> list[int]:
        """At most `count` heights of 0 to 100, the loudest being 100; silence is all zeros."""
        rest = bytes(self._waiting[: len(self._waiting) // 2 * 2])
        steps = [*self._steps, _loudest(rest)] if rest else self._steps
        count = min(count, len(steps))
        groups = [steps[i * len(steps) // count : (i + 1) * len(steps) // count] for i in range(count)]
        highest = max((max(group) for group in groups), default=0)
        return [round(max(group) * 100 / highest) if highest else 0 for group in groups]


def read_peaks(audio: Stream, source: Path) -> list[int]:
    """The bars of a file's sound. Raises Refused as `child.run` does."""
    outline = Outline()
    run(read_samples(audio, source), LIMITS, outline.feed)
    return outline.bars()


def _loudest(samples: bytes) -> int:
    values = array("h", samples)
    if sys.byteorder == "big":
        values.byteswap()
    return max(-min(values), *values)
