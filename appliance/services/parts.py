"""Parts of a message and the rows of files that are still at the messenger."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.models import Part
from appliance.services import statements
from appliance.services.reach import ANYTHING, Reach
from appliance.values import IncomingPart, RemoteFile

# Smaller files are here before anybody misses them: their small picture would only be one more thing to fetch.
SMALL = 1 << 20


@dataclass(frozen=True)
class Added:
    """A new row's id, and the files that wait to be fetched for it."""

    id: int
    fetch: tuple[int, ...]


def add(
    session: Session, message_id: int, position: int, item: IncomingPart, connection_id: int, reach: Reach
) -> Added:
    """One part with its file row."""
    file = add_file(session, item, connection_id, reach) if item.file else None
    values = {
        "message_id": message_id,
        "position": position,
        "kind": item.kind,
        "text": item.text,
        "entities": [asdict(entity) for entity in item.entities],
        "data": dict(item.data),
        "file_id": file.id if file else None,
    }
    part_id = int(session.connection().execute(statements.ADD_PART, values).scalar_one())
    return Added(part_id, file.fetch if file else ())


def add_file(session: Session, item: IncomingPart, connection_id: int, reach: Reach) -> Added:
    """Rows for a file still at the messenger and for its small picture, if that will be looked at meanwhile. What is
    out of reach, or comes on a click, is known at once. The item has a file."""
    remote = item.file or RemoteFile("")
    state = reach.first_state(remote.size)
    thumbnail = None
    if item.thumbnail is not None and (state != "waiting" or remote.size is None or remote.size >= SMALL):
        small = replace(item.thumbnail, name="", mime=item.thumbnail.mime or "image/jpeg")
        thumbnail = _add_row(session, "photo", small, connection_id, ANYTHING.first_state(small.size))
    file_id = _add_row(session, item.kind, remote, connection_id, state, thumbnail)
    waiting = (file_id,) if state == "waiting" else ()
    return Added(file_id, (thumbnail, *waiting) if thumbnail is not None else waiting)


def plain_text(session: Session, message_id: int) -> str:
    """All words of a message, for lists and search."""
    texts = session.scalars(select(Part.text).where(Part.message_id == message_id).order_by(Part.position))
    return "\n".join(text for text in texts if text)


def _add_row(
    session: Session, kind: str, remote: RemoteFile, connection_id: int, state: str, thumbnail: int | None = None
) -> int:
    values = {
        "kind": kind,
        "name": remote.name[:255],
        "mime": remote.mime[:120],
        "size": remote.size,
        "width": remote.width,
        "height": remote.height,
        "duration": remote.duration,
        "connection_id": connection_id,
        "remote_id": remote.remote_id[:255],
        "remote_unique_id": remote.unique_id[:255],
        "state": state,
        "thumbnail_id": thumbnail,
    }
    return int(session.connection().execute(statements.ADD_FILE, values).scalar_one())
