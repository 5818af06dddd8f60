"""The keep-rules applied: in small portions, so that nothing else waits, and safe against a kill at any moment."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass

from sqlalchemy import select

from appliance import db, feed
from appliance.models import File, now
from appliance.services import keep_rules, reclaiming
from appliance.services.keep_rules import Days
from appliance.values import SYSTEM, Actor

PORTION = 50
# So many in an hour by themselves; who cannot wait has the command.
PORTIONS = 40
log = logging.getLogger("appliance.letting_go")


@dataclass(frozen=True)
class LetGo:
    """So many originals, and what the disk gained by it."""

    count: int = 0
    freed: int = 0


def apply(by: Actor = SYSTEM, *, portions: int = PORTIONS, stop: threading.Event | None = None) -> LetGo:
    """Let go of what the rules say, oldest first; `stop` ends it after a portion."""
    days = keep_rules.chosen()
    count = freed = 0
    for _ in range(portions):
        if stop is not None and stop.is_set():
            break
        names = _forget(keep_rules.oldest(days, PORTION), days)
        if not names:
            break
        count += len(names)
        freed += reclaiming.reclaim(names)[1]
    if count:
        _tell(by, days, count, freed)
    return LetGo(count, freed)


def _forget(file_ids: list[int], days: Days) -> list[str]:
    """The first step: the rows let go of their bytes, which are named. What has changed since it was found stays."""
    still = keep_rules.may_go(days)
    if not file_ids or still is None:
        return []
    with db.write() as session:
        found = list(session.scalars(select(File).where(File.id.in_(file_ids), still)))
        names = [file.sha256 for file in found]
        for file in found:
            file.sha256, file.dropped_at = "", now()
    return names


def _tell(by: Actor, days: Days, count: int, freed: int) -> None:
    log.info("keep-rules: %s originals let go, %s bytes freed", count, freed)
    with db.write() as session:
        after = {"count": count, "freed": freed, "days": {group: limit for group, limit in days.items() if limit}}
        feed.append(session, "originals_let_go", by=by, after=after)
