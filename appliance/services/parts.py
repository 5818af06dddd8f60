"""Parts of a message and the rows of files that are still at the messenger."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.models import Part
from appliance.services import statements
from appliance.values import IncomingPart, RemoteFile


@dataclass(frozen=True)
class Added:
    id: int
    file_id: int | None


def add(
    session: Session, message_id: int, position: int, item: IncomingPart, connection_id: int, download_limit: int
) -> Added:
    """One part with its file row."""
    file_id = add_file(session, item.kind, item.file, connection_id, download_limit) if item.file else None
    values = {
        "message_id": message_id,
        "position": position,
        "kind": item.kind,
        "text": item.text,
        "entities": [asdict(entity) for entity in item.entities],
        "data": dict(item.data),
        "file_id": file_id,
    }
    return Added(int(session.connection().execute(statements.ADD_PART, values).scalar_one()), file_id)


def add_file(session: Session, kind: str, remote: RemoteFile, connection_id: int, download_limit: int) -> int:
    """A row for a file still at the messenger; one over the channel's limit is known to be out of reach at once."""
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
        "state": "too_large" if remote.size is not None and remote.size > download_limit else "waiting",
    }
    return int(session.connection().execute(statements.ADD_FILE, values).scalar_one())


def plain_text(session: Session, message_id: int) -> str:
    """All words of a message, for lists and search."""
    texts = session.scalars(select(Part.text).where(Part.message_id == message_id).order_by(Part.position))
    return "\n".join(text for text in texts if text)
