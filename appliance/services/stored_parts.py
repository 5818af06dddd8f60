"""Parts as they lie in the database, read back as they were said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.models import File, Part
from appliance.values import Entity, OutgoingPart


def of_message(session: Session, message_id: int) -> Sequence[Part]:
    return session.scalars(select(Part).where(Part.message_id == message_id).order_by(Part.position)).all()


def read(row: Part) -> OutgoingPart:
    """Words, formatting and data; what its file is now stands with the file."""
    entities = tuple(Entity(**entity) for entity in row.entities)
    return OutgoingPart(
        row.position,
        row.kind,  # type: ignore[arg-type]  # checked when it was written
        row.text,
        entities,
        file_id=row.file_id,
        data=row.data,
    )


def with_file(part: OutgoingPart, file: File) -> OutgoingPart:
    """The part with what its file is, as a messenger wants to hear it: the duration in whole seconds."""
    return replace(
        part,
        name=file.name,
        mime=file.mime,
        size=file.size or 0,
        width=file.width,
        height=file.height,
        duration=round(file.duration) if file.duration else None,
    )


def as_version(rows: Sequence[Part]) -> list[dict[str, Any]]:
    """What a message's parts said, as its version keeps them."""
    return [
        {"kind": row.kind, "text": row.text, "entities": row.entities, "data": row.data, "file_id": row.file_id}
        for row in rows
    ]
