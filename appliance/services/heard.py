"""Who of the staff has listened to which voice."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db
from appliance.db import upsert
from appliance.models import FileHeard, now
from appliance.services import blobs, files
from appliance.values import Actor


def note(file_id: int, by: Actor) -> None:
    """This person has listened to it; said twice it is true once. Raises blobs.Gone for a file they may not see."""
    with db.write() as session:
        if by.id is None or files.visible(session, file_id, by) is None:
            raise blobs.Gone(str(file_id))
        heard = upsert(FileHeard).values(file_id=file_id, agent_id=by.id, at=now())
        session.execute(heard.on_conflict_do_nothing())


def of(session: Session, file_ids: Collection[int], by: Actor) -> frozenset[int]:
    """Those of the files that this person has listened to."""
    if by.id is None or not file_ids:
        return frozenset()
    query = select(FileHeard.file_id).where(FileHeard.agent_id == by.id, FileHeard.file_id.in_(file_ids))
    return frozenset(session.scalars(query))
