"""The plug is pulled while messages come in: simulated below SQLite, where un-synced writes get lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from appliance.values import Journal, Json, RawUpdate
from tests.faults.power.drill import drill

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


def test_nothing_acknowledged_is_missing_afterwards(tmp_path: Path, seed: int) -> None:
    damage = drill(tmp_path, seed)
    assert damage.is_clean(), damage
    assert damage.cuts == 200
    assert damage.updates > 100


class Hasty:
    """Wrong: says that updates are kept when they are not yet, so that the messenger is told before."""

    def __init__(self, right: Journal) -> None:
        self._right = right
        self._held: tuple[Sequence[RawUpdate], str] | None = None

    def position(self) -> str:
        return self._right.position()

    def commit(self, updates: Sequence[RawUpdate], position: str) -> None:
        before, self._held = self._held, (updates, position)
        if before is not None:
            self._right.commit(*before)

    def alive(self) -> None:
        self._right.alive()

    def trouble(self, code: str, params: Json | None = None) -> None:
        self._right.trouble(code, params)


class Swapped(Hasty):
    """Wrong: the offset is stored first, and then, in a commit of its own, what it acknowledges."""

    def commit(self, updates: Sequence[RawUpdate], position: str) -> None:
        self._right.commit((), position)
        self._right.commit(updates, position)


def test_it_notices_when_the_messenger_is_told_before_the_commit(tmp_path: Path, seed: int) -> None:
    assert drill(tmp_path, seed, journal=Hasty).forgotten


def test_it_notices_when_offset_and_journal_are_swapped(tmp_path: Path, seed: int) -> None:
    assert drill(tmp_path, seed, journal=Swapped).skipped


def test_it_notices_when_a_commit_does_not_wait_for_the_disk(tmp_path: Path, seed: int) -> None:
    damage = drill(tmp_path, seed, careless=True)
    assert damage.forgotten
    assert not damage.unsound, "what was not synced is lost, but nothing is damaged"
