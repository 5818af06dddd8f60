"""How many files there are of each kind, and how it stands with what is made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from appliance import db
from appliance.models import File
from appliance.services import instance
from appliance.values import FileSum, PartKind

Group = tuple[Any, Any]


def sums(kinds: Collection[PartKind] = (), since: datetime | None = None) -> Sequence[FileSum]:
    """Of all kinds if none is named. Only files whose bytes are here."""
    number, length = func.count(File.id), func.coalesce(func.sum(File.duration), 0.0)
    query = select(File.kind, File.making, File.lease_owner, number, length)
    query = query.where(File.state == "ready", File.dropped_at.is_(None))
    query = query.where(File.kind.in_(kinds)) if kinds else query
    query = query.where(File.created_at >= since) if since else query
    found: dict[Group, tuple[int, float]] = defaultdict(lambda: (0, 0.0))
    with db.session() as session:
        rows = session.execute(query.group_by(File.kind, File.making, File.lease_owner)).all()
        for kind, making, owner, files, seconds in rows:
            state = _state(making, owner)
            found[kind, state] = found[kind, state][0] + files, found[kind, state][1] + (seconds or 0.0)
    return [FileSum(kind, state, *numbers) for (kind, state), numbers in sorted(found.items())]


def _state(making: str, owner: str) -> str:
    if making not in ("quick", "slow"):
        return making
    return "running" if owner and instance.alive(owner) else "waiting"
