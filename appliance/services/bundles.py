"""All files of a message, to be taken along at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from sqlalchemy import select

from appliance import db
from appliance.models import File, Message, Part, Ticket
from appliance.services import blobs, files
from appliance.services.visibility import visible_to
from appliance.values import Actor

# What no file system of a visitor's computer has to stumble over.
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*', "_"))


@dataclass(frozen=True)
class BundledFile:
    """An original under a name that no other one of the bundle has."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Bundle:
    """`at` is when the message was written."""

    ticket_id: int
    at: datetime
    files: tuple[BundledFile, ...]


def of_message(message_id: int, by: Actor) -> Bundle:
    """The originals that are here. Raises blobs.Gone for a message this person may not see or that has none, and
    files.Dropped if all that it had were let go."""
    message = select(Message).join(Ticket, Ticket.id == Message.ticket_id)
    rows = select(File).join(Part, Part.file_id == File.id).where(Part.message_id == message_id)
    with db.session() as session:
        found = session.scalar(message.where(Message.id == message_id, visible_to(by)))
        if found is None or found.ticket_id is None:
            raise blobs.Gone(str(message_id))
        originals = list(session.scalars(rows.order_by(Part.position)))
    kept = tuple(_bundled(file for file in originals if file.state == "ready" and file.sha256))
    if not kept:
        raise files.Dropped(str(message_id)) if any(file.dropped_at for file in originals) else blobs.Gone(message_id)
    return Bundle(found.ticket_id, found.at, kept)


def name_in_archive(file: File) -> str:
    return files.name_of(file).translate(_FORBIDDEN)


def _bundled(originals: Iterable[File]) -> Iterator[BundledFile]:
    taken: set[str] = set()
    for file in originals:
        name = _free_name(name_in_archive(file), taken)
        taken.add(name.casefold())
        # What lies there counts, and not what a row remembers of it: the length is promised before the first byte.
        yield BundledFile(name, file.sha256, blobs.blob_size(file.sha256))


def _free_name(name: str, taken: set[str]) -> str:
    """'a.jpg', 'a (2).jpg', …; names that differ in case only are one name to many computers."""
    path, number, tried = PurePath(name), 1, name
    while tried.casefold() in taken:
        number += 1
        tried = f"{path.stem} ({number}){path.suffix}"
    return tried
