"""A plugin that prepares files as a test tells it to, and files to prepare."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import text

from appliance import MadeRendition, PartKind, Prepared, StoredFile, Workplace, db, hookimpl
from appliance.models import File, now
from appliance.plugins import Found, plugins
from appliance.services import blobs

Work = Callable[[StoredFile, Workplace], Prepared | None]


def make_playable(file: StoredFile, workplace: Workplace) -> Prepared:
    """A rendition that says whose it is."""
    path = workplace.folder / "playable"
    path.write_bytes(b"made of %d" % file.id)
    return Prepared((MadeRendition("playable", path, "video/mp4"),))


class Bench:
    """`done` lists what was prepared, in order; `work` is how."""

    def __init__(self) -> None:
        self.work: Work = make_playable
        self.done: list[int] = []
        plugins().add(sys.modules[__name__], Found("workbench", __name__, "1", "test"))
        _bench[:] = [self]


_bench: list[Bench] = []


@hookimpl
def prepare_file(file: StoredFile, kind: PartKind, workplace: Workplace) -> Prepared | None:
    _bench[0].done.append(file.id)
    return _bench[0].work(file, workplace)


def put_file(kind: str = "video", content: bytes = b"original", **facts: Any) -> int:
    """A file that is here and waits to be prepared; its id."""
    blob = blobs.put(lambda target: target.write(content))
    known = {"state": "ready", "making": "quick", "size": blob.size, "wanted_at": now(), **facts}
    with db.write() as session:
        file = File(kind=kind, sha256=blob.sha256, **known)
        session.add(file)
        session.flush()
        return file.id


def file(number: int) -> File:
    with db.session() as session:
        return session.get_one(File, number)


def change(number: int, **facts: Any) -> None:
    with db.write() as session:
        row = session.get_one(File, number)
        for name, value in facts.items():
            setattr(row, name, value)


@contextmanager
def refused_writes(column: str) -> Iterator[None]:
    """The database takes no change of this column of a file, as on a full disk."""
    refusal = "BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"
    with db.write() as session:
        session.execute(text(f"CREATE TRIGGER full BEFORE UPDATE OF {column} ON file {refusal}"))
    yield
    with db.write() as session:
        session.execute(text("DROP TRIGGER full"))
