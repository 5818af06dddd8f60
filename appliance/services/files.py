"""Files the desk holds: attached by staff or fetched for a message, and who may have their bytes."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from appliance import db
from appliance.models import File, Message, Part, Rendition, Ticket, now
from appliance.services import blobs, preparing_order, reply_files
from appliance.services.visibility import visible_to
from appliance.values import FILE_KINDS, Actor, PartKind

UPLOAD_LIMIT = 50 << 20
# Documents too: a film sent as a file plays like any other.
PREPARED_KINDS = frozenset(FILE_KINDS)
_BY_MIME: tuple[tuple[str, PartKind], ...] = (
    ("image/gif", "animation"),
    ("image/svg", "document"),
    ("image/", "photo"),
    ("video/", "video"),
    # What recorders write and no music shop sells.
    ("audio/ogg", "voice"),
    ("audio/opus", "voice"),
    ("audio/webm", "voice"),
    ("audio/", "audio"),
)


class Dropped(blobs.Gone):
    """The original was let go by a keep-rule; what was made of it is still here."""


@dataclass(frozen=True)
class HeldFile:
    """A file's bytes with a name; implements values.StoredFile."""

    id: int
    name: str
    mime: str
    size: int
    sha256: str

    def open(self) -> BinaryIO:
        return blobs.open_blob(self.sha256)

    @contextmanager
    def local_copy(self) -> Iterator[Path]:
        with blobs.local_copy(self.sha256) as path:
            yield path

    @contextmanager
    def made(self, kind: str) -> Iterator[Path | None]:
        with db.session() as session:
            sha256 = session.scalar(
                select(Rendition.sha256).where(Rendition.file_id == self.id, Rendition.kind == kind)
            )
        with ExitStack() as stack:
            copy = None
            with suppress(blobs.Gone, ValueError):
                copy = stack.enter_context(blobs.local_copy(sha256 or ""))
            yield copy


@dataclass(frozen=True)
class Servable:
    """Bytes a page may have. `inline` only for what we made ourselves."""

    sha256: str
    size: int
    mime: str
    name: str
    inline: bool


def receive(stream: BinaryIO, name: str, mime: str, by: Actor, kind: PartKind | None = None) -> int:
    """Keep an attached file; its id. Raises blobs.TooLarge over UPLOAD_LIMIT, OSError on a full disk."""

    def fill(target: BinaryIO) -> None:
        while chunk := stream.read(blobs.CHUNK):
            target.write(chunk)

    blob = blobs.put(fill, UPLOAD_LIMIT)
    chosen = choose_kind(kind or "", mime)
    with db.write() as session:
        file = File(
            kind=chosen,
            name=clean_name(name),
            mime=mime[:120],
            size=blob.size,
            sha256=blob.sha256,
            state="ready",
            making="quick" if chosen in PREPARED_KINDS else "",
            wanted_at=now(),
            uploaded_by=by.id if by.kind == "agent" else None,
        )
        session.add(file)
        session.flush()
    if file.making:
        preparing_order.wake("quick")
    return file.id


def clean_name(name: str) -> str:
    """The last part of a name, without control or direction characters; '' if nothing is left."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(letter for letter in last if letter.isprintable() and letter not in "\u202a\u202b\u202c\u202d\u202e")
    return kept.strip(" .")[:200]


def name_of(file: File) -> str:
    """A name to save it under; one without any is called after its kind, with the ending its type has."""
    return clean_name(file.name) or f"{file.kind}-{file.id}{mimetypes.guess_extension(file.mime) or ''}"


def choose_kind(meant: str, mime: str) -> PartKind:
    """As what a file was sent, where that is a kind of file; else what it is likely to be."""
    return meant if meant in FILE_KINDS else guess_kind(mime)


def guess_kind(mime: str) -> PartKind:
    """What an attachment is likely to be; the media plugin looks for itself later."""
    for prefix, kind in _BY_MIME:
        if mime.lower().startswith(prefix):
            return kind
    return "document"


def held(session: Session, file_id: int) -> HeldFile:
    """The file's bytes; blobs.Gone when they are not here, Dropped when they no longer are."""
    file = session.get(File, file_id)
    if file is not None and file.dropped_at is not None:
        raise Dropped(str(file_id))
    if file is None or file.state != "ready" or not file.sha256:
        raise blobs.Gone(str(file_id))
    return HeldFile(file.id, file.name, file.mime, file.size or 0, file.sha256)


def servable(file_id: int, by: Actor, rendition: str = "") -> Servable:
    """What this actor may download (the original) or see (a rendition); blobs.Gone for anything else, and Dropped for
    an original that was let go."""
    with db.session() as session:
        file = visible(session, file_id, by)
        if file is None:
            raise blobs.Gone(str(file_id))
        if not rendition:
            original = held(session, file_id)
            return Servable(original.sha256, original.size, "application/octet-stream", name_of(file), inline=False)
        query = select(Rendition).where(Rendition.file_id == file_id, Rendition.kind == rendition)
        made = session.scalar(query)
        if made is None or not made.sha256 or made.kind == "outgoing":
            raise blobs.Gone(f"{file_id}/{rendition}")
        return Servable(made.sha256, made.size, made.mime, file.name, inline=True)


def visible(session: Session, file_id: int, by: Actor) -> File | None:
    """The row, if this actor may see it."""
    return session.scalar(select(File).where(File.id == file_id, may_see(by)))


def may_see(by: Actor) -> ColumnElement[bool]:
    """Files of a ticket the actor may see, their small pictures, what they attached themselves, and what goes along
    with saved replies they may use."""
    larger = aliased(File)
    of_file = or_(
        Part.file_id == File.id,
        Part.file_id.in_(select(larger.id).where(larger.thumbnail_id == File.id).scalar_subquery()),
    )
    shown = exists().where(of_file, Part.message_id == Message.id, Message.ticket_id == Ticket.id, visible_to(by))
    return or_(shown, File.uploaded_by == by.id, reply_files.offered_to(by)) if by.kind == "agent" else shown
