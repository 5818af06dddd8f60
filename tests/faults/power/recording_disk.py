"""A disk that writes down what SQLite does to it, so that a test can ask what a power cut would have left."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import apsw

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Stroke:
    """One thing that was done to a file (its name without folders), or a `mark`: what the test noted in between."""

    kind: Literal["write", "truncate", "sync", "delete", "mark"]
    file: str = ""
    offset: int = 0
    data: bytes = b""
    note: int = 0


class RecordingDisk(apsw.VFS):
    """SQLite's own disk, with its strokes kept in the order in which they came. To be closed by `unregister`."""

    def __init__(self) -> None:
        self.name = f"recording-{next(_numbers)}"
        self.strokes: list[Stroke] = []
        self._lock = threading.Lock()
        super().__init__(self.name, "")

    def keep(self, stroke: Stroke) -> None:
        with self._lock:
            self.strokes.append(stroke)

    def mark(self, note: int) -> None:
        self.keep(Stroke("mark", note=note))

    # SQLite's names from here on.
    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return _RecordedFile(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        super().xDelete(filename, syncdir)
        self.keep(Stroke("delete", Path(filename).name))


class _RecordedFile(apsw.VFSFile):
    def __init__(self, disk: RecordingDisk, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self._disk = disk
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._name = Path(path or "temporary").name
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        super().xWrite(data, offset)
        self._disk.keep(Stroke("write", self._name, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        super().xTruncate(newsize)
        self._disk.keep(Stroke("truncate", self._name, newsize))

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        self._disk.keep(Stroke("sync", self._name))
