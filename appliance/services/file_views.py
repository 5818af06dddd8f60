"""Files as pages see them: their state, what was made of them, and meanwhile the messenger's small picture."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.models import Connection, File, Rendition
from appliance.services import heard, reach
from appliance.services.channels import channels
from appliance.services.connecting import ConnectProblem
from appliance.services.reach import ANYTHING, Reach
from appliance.services.secrets import SecretsError
from appliance.values import Actor, FileView, RenditionView

# What it means something to have listened to; a round video speaks, too.
LISTENED_TO = frozenset({"voice", "audio", "video_note"})
Renditions = Mapping[int, Mapping[str, RenditionView]]


@dataclass(frozen=True)
class _Holder:
    """The messenger that holds a file, and what can be had from it."""

    title: str = ""
    limit: int = 0
    reach: Reach = ANYTHING


def load(session: Session, file_ids: Iterable[int], by: Actor) -> dict[int, FileView]:
    """Views by the files' ids as this reader sees them, for many at once."""
    found = _files(session, set(file_ids))
    # What is here already needs no small picture.
    small = {file.thumbnail_id for file in found if file.thumbnail_id is not None and file.state != "ready"}
    renditions = _renditions(session, {file.id for file in found} | small)
    holders = _holders(session, {file.connection_id for file in found if file.connection_id is not None})
    known = heard.of(session, [file.id for file in found if file.kind in LISTENED_TO], by)
    return {file.id: _view(file, renditions, holders, heard=file.id in known) for file in found}


def _files(session: Session, ids: Collection[int]) -> list[File]:
    return list(session.scalars(select(File).where(File.id.in_(ids)))) if ids else []


def _renditions(session: Session, ids: Collection[int]) -> Renditions:
    found: dict[int, dict[str, RenditionView]] = {}
    query = select(Rendition).where(Rendition.file_id.in_(ids), Rendition.kind != "outgoing")
    for made in session.scalars(query) if ids else ():
        found.setdefault(made.file_id, {})[made.kind] = _rendition_view(made)
    return found


def _holders(session: Session, ids: Collection[int]) -> Mapping[int, _Holder]:
    rows = session.scalars(select(Connection).where(Connection.id.in_(ids))) if ids else ()
    return {row.id: _holder(row) for row in rows}


def _holder(connection: Connection) -> _Holder:
    channel = channels().get(connection.channel)
    if channel is None:
        return _Holder()
    try:
        within = Reach(reach.limit_of(connection.id))
        return _Holder(channel.title, reach.usual_limit(connection.id), within)
    except (ConnectProblem, SecretsError):
        limit = channel.capabilities.download_limit
        return _Holder(channel.title, limit, Reach(limit))


def _rendition_view(made: Rendition) -> RenditionView:
    return RenditionView(
        kind=made.kind,
        # The version makes the address immutable: a new rendition is a new address.
        url=f"/files/{made.file_id}/{made.kind}?v={made.sha256[:12]}" if made.sha256 else "",
        mime=made.mime,
        width=made.width,
        height=made.height,
        duration=made.duration,
        data=made.data,
    )


def _view(file: File, renditions: Renditions, holders: Mapping[int, _Holder], *, heard: bool) -> FileView:
    making: Literal["", "running", "failed"] = ""
    if file.making:
        making = "failed" if file.making == "failed" else "running"
    small = renditions.get(file.thumbnail_id or 0, {})
    holder = holders.get(file.connection_id or 0, _Holder())
    return FileView(
        id=file.id,
        name=file.name,
        mime=file.mime,
        size=file.size,
        state=cast(Literal["waiting", "fetching", "on_click", "too_large", "failed", "ready"], file.state),
        url=f"/files/{file.id}",
        making=making,
        progress=file.progress,
        failure=file.failure or file.error_code,
        width=file.width,
        height=file.height,
        duration=file.duration,
        renditions=renditions.get(file.id, {}),
        thumbnail=small.get("thumbnail") or small.get("playable"),
        channel=holder.title if file.remote_id else "",
        limit=holder.limit,
        loads=_loads(file, holder),
        heard=heard,
        dropped=file.dropped_at is not None,
    )


def _loads(file: File, holder: _Holder) -> bool:
    if file.state == "too_large":
        return not holder.reach.is_over_limit(file.size)
    return file.state in ("on_click", "failed")
