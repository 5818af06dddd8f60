"""Room taken back: bytes that no row mentions any more.

Always in two steps. First rows change and are committed; then bytes go, each only if no row mentions it at that moment,
looked at while nobody can commit. A kill between the steps leaves bytes too many, which `tidy` finds later; never a row
whose bytes are gone.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import File, Rendition
from appliance.services import blobs

AT_ONCE = 500
HOUR = 3600
# So many hours for a look at everything: a small box has better things to do than to read all its folders.
ROUND = 8


def reclaim(names: Iterable[str], settled: float = blobs.NEW_SECONDS) -> tuple[int, int]:
    """Remove those of these bytes that nothing mentions and nobody has brought for `settled` seconds; how many that
    were, and how large."""
    count = size = 0
    for name in sorted(set(names)):
        with db.write() as session:
            freed = blobs.remove_unless(name, lambda name=name: is_mentioned(session, name), settled)  # type: ignore[misc]
        count += bool(freed)
        size += freed
    return count, size


def tidy() -> tuple[int, int]:
    """Remove what nothing mentions from an eighth of the shelves, another one each hour; how many, and how large."""
    turn, width = int(time.time() // HOUR) % ROUND, blobs.SHELVES // ROUND
    return reclaim(orphans(turn * width, (turn + 1) * width))


def orphans(start: int = 0, stop: int = blobs.SHELVES) -> Iterator[str]:
    """Bytes on some shelves, a day old, that nothing mentions: replaced renditions, what a killed process left."""
    listed = (name for name, _size in blobs.listed(start, stop))
    while some := list(islice(listed, AT_ONCE)):
        with db.session() as session:
            known = mentioned(session, some)
        yield from (name for name in some if name not in known)


def mentioned(session: Session, names: list[str]) -> set[str]:
    """Those that some row needs."""
    found: set[str] = set()
    for column in (File.sha256, Rendition.sha256):
        found.update(session.scalars(select(column).where(column.in_(names))))
    return found


def is_mentioned(session: Session, name: str) -> bool:
    return bool(mentioned(session, [name]))
