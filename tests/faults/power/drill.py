"""The power fails at many points of a recorded intake; what was acknowledged has to be there each time."""

from __future__ import annotations

import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.faults.power.cuts import image, reopen
from tests.faults.power.recorded_intake import Recording, Wrong, expected, promised, record


@dataclass
class Damage:
    """Cuts that were made, and those after which something was wrong."""

    updates: int = 0
    strokes: int = 0
    cuts: int = 0
    unsound: int = 0
    # The messenger had been told of updates that are not in the journal.
    forgotten: int = 0
    # The stored offset would tell the messenger of updates that are not in the journal.
    skipped: int = 0

    def is_clean(self) -> bool:
        return not (self.unsound or self.forgotten or self.skipped)


def drill(folder: Path, seed: int, cuts: int = 200, *, journal: Wrong | None = None, careless: bool = False) -> Damage:
    """One intake, cut off at `cuts` points, half of them just after the messenger was told something."""
    recording = record(folder, seed, journal=journal, careless=careless)
    chance = random.Random(seed)
    damage = Damage(recording.updates, len(recording.strokes))
    with tempfile.TemporaryDirectory() as scratch:
        for end in _points(recording, cuts, chance):
            _cut(recording, end, Path(scratch), chance, damage)
    return damage


def _points(recording: Recording, cuts: int, chance: random.Random) -> list[int]:
    told = [number for number, stroke in enumerate(recording.strokes, 1) if stroke.kind == "mark"]
    by_chance = [chance.randrange(1, len(recording.strokes) + 1) for _ in range(cuts - min(len(told), cuts // 2))]
    return by_chance + chance.sample(told, min(len(told), cuts // 2))


def _cut(recording: Recording, end: int, folder: Path, chance: random.Random, damage: Damage) -> None:
    strokes = recording.strokes[:end]
    found = reopen(image(recording.before, strokes, chance), folder)
    damage.cuts += 1
    damage.unsound += not found.sound
    if found.sound:
        damage.forgotten += not expected(promised(strokes)) <= found.updates
        damage.skipped += not expected(found.position) <= found.updates
