"""Moments of a running box, seen from outside in its database."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Any, Self

from appliance_sandbox.control import Phone
from scripts.benches.samples import Sample
from tests.harness.box import Box
from tests.harness.waiting import wait_until

NEWEST = "SELECT coalesce(max(id), 0) FROM file"
HERE = "SELECT id FROM file WHERE id > ? AND state = 'ready' AND kind = ? ORDER BY id LIMIT 1"
# A row is a promise: its bytes are on disk.
MADE = "SELECT file_id FROM rendition WHERE file_id = ? AND kind = 'playable'"
# Looking costs the box processor time, which the bare command does not pay.
LOOK_SECONDS = 0.02
PATIENCE = 600.0


@dataclass(frozen=True)
class Way:
    """Seconds on a file's way: from the messenger into the box, and from there until it plays."""

    arriving: float
    preparing: float

    @property
    def whole(self) -> float:
        return self.arriving + self.preparing


class Watcher:
    """To be closed. Looks often, through one connection that cannot write."""

    def __init__(self, box: Box) -> None:
        path = box.data / "appliance.db"
        self._opened = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20, isolation_level=None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened.close()

    def send(self, phone: Phone, sample: Sample) -> Way:
        """A customer sends it; returns when it plays."""
        before = self._read(NEWEST)
        phone.send(sample.kind, sample.upload)
        sent = time.monotonic()
        file_id = self._wait(HERE, before, sample.kind)
        here = time.monotonic()
        self._wait(MADE, file_id)
        return Way(here - sent, time.monotonic() - here)

    def _wait(self, statement: str, *values: object) -> int:
        found: int = wait_until(partial(self._read, statement, *values), statement, PATIENCE, every=LOOK_SECONDS)
        return found

    def _read(self, statement: str, *values: object) -> Any:
        with closing(self._opened.execute(statement, values)) as cursor:
            row = cursor.fetchone()
            return row[0] if row else 0
