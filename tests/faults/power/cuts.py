"""What lies on a disk whose power failed: all that was synced, and of the rest what chance has left."""

from __future__ import annotations

import random
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.faults.power.recording_disk import Stroke

SECTOR = 512
# What is kept of a write that nobody synced: nothing, all of it, or its first sectors.
FATES = ("lost", "whole", "torn")


@dataclass(frozen=True)
class Found:
    """What a box finds in its database when it starts again."""

    sound: bool
    updates: frozenset[int]
    position: int


def image(before: Mapping[str, bytes], strokes: Sequence[Stroke], chance: random.Random) -> dict[str, bytes]:
    """The files as they are after the power failed behind the last of these strokes."""
    synced: dict[str, bytearray] = {name: bytearray(data) for name, data in before.items()}
    cached: defaultdict[str, list[Stroke]] = defaultdict(list)
    for stroke in strokes:
        if stroke.kind == "delete":
            synced.pop(stroke.file, None)
            cached.pop(stroke.file, None)
        elif stroke.kind == "sync":
            for earlier in cached.pop(stroke.file, ()):
                _apply(synced.setdefault(stroke.file, bytearray()), earlier)
        elif stroke.kind != "mark":
            cached[stroke.file].append(stroke)
    for name, unsynced in cached.items():
        for stroke in unsynced:
            _apply_by_chance(synced.setdefault(name, bytearray()), stroke, chance)
    return {name: bytes(data) for name, data in synced.items()}


def reopen(files: Mapping[str, bytes], folder: Path) -> Found:
    """Start on such files in an empty folder, with the SQLite that the product runs on."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    try:
        with closing(sqlite3.connect(folder / "appliance.db")) as opened:
            sound = opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            sound = sound and opened.execute("PRAGMA foreign_key_check").fetchall() == []
            kept = {int(row[0]) for row in opened.execute("SELECT external_id FROM inbound_update")}
            position = opened.execute("SELECT position FROM connection").fetchone()[0]
            return Found(sound, frozenset(kept), int(position or 0))
    except sqlite3.DatabaseError:
        return Found(False, frozenset(), 0)
    finally:
        for left in folder.iterdir():
            left.unlink()


def _apply_by_chance(data: bytearray, stroke: Stroke, chance: random.Random) -> None:
    fate = chance.choice(FATES)
    if fate == "lost":
        return
    if fate == "torn" and stroke.kind == "write":
        kept = chance.randrange(0, len(stroke.data) // SECTOR + 1) * SECTOR
        stroke = Stroke("write", stroke.file, stroke.offset, stroke.data[:kept])
    _apply(data, stroke)


def _apply(data: bytearray, stroke: Stroke) -> None:
    if stroke.kind == "truncate":
        del data[stroke.offset :]
        return
    if stroke.data and len(data) < stroke.offset:
        data.extend(bytes(stroke.offset - len(data)))
    data[stroke.offset : stroke.offset + len(stroke.data)] = stroke.data
