"""Files the box holds, and what plugins make of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from appliance.values.base import Json, Lane, PartKind


class StoredFile(Protocol):
    """A file the box holds. Never a path: a stream, or a local copy for as long as the block lasts."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def mime(self) -> str: ...
    @property
    def size(self) -> int: ...
    def open(self) -> BinaryIO: ...
    def local_copy(self) -> AbstractContextManager[Path]: ...
    def made(self, kind: str) -> AbstractContextManager[Path | None]:
        """A local copy of a rendition that is there already, to be read only; None if it is not."""


@dataclass(frozen=True)
class MadeRendition:
    """What a plugin made of a file: kind 'playable', 'poster', 'thumbnail', 'waveform', 'outgoing', 'text' (UTF-8), or
    'page-1', 'page-2', … (pictures of a document's pages).
    `path` lies in the work folder it was given; the core takes it over. `data` is small JSON (peaks)."""

    kind: str
    path: Path | None
    mime: str
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    data: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Prepared:
    """`unfinished`: ask again, on the slow lane; for an upload, in some seconds. `failure`: a code of the plugin's
    texts; the rest is kept. `kind`: what an upload turned out to be, when that is not what it was taken for."""

    renditions: tuple[MadeRendition, ...] = ()
    unfinished: bool = False
    failure: str = ""
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    kind: PartKind | None = None


@dataclass(frozen=True)
class FileSum:
    """So many stored files of one kind, together so many seconds long. `making`: 'waiting', 'running', 'failed', or ''
    when nothing is to be made of them, or all of it is there."""

    kind: PartKind
    making: str
    files: int
    seconds: float


@dataclass(frozen=True)
class Workplace:
    """Where and how a file is prepared. `report` takes 0.0–1.0, is cheap and may be called often."""

    folder: Path
    lane: Lane
    report: Callable[[float], None]
