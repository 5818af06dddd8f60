"""File drop: a folder is the messenger. A file in inbox/ becomes a ticket, the answer a file in outbox/."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import BinaryIO

from appliance import (
    Account,
    Capabilities,
    Channel,
    Chat,
    ConnectError,
    ConnectionInfo,
    ErrorText,
    Fetched,
    FormField,
    IncomingMessage,
    IncomingPart,
    Journal,
    Outgoing,
    Person,
    Piece,
    RawUpdate,
    Reference,
    RemoteFile,
    SendError,
    Sent,
    StoredFile,
    Unreadable,
    hookimpl,
    mark,
)

PERSON = re.compile(r"[\w-]{1,64}")


class FileDrop(Channel):
    name = "filedrop"
    title = "File drop"
    capabilities = Capabilities(frozenset({"text"}), frozenset({"text"}), writes_first=True)
    form = (FormField("folder", mark("Folder"), required=True, help=mark("An absolute path on this machine.")),)
    texts = {  # noqa: RUF012  (the base class declares it)
        "unusable": ErrorText(mark("The folder cannot be used: {reason}"), mark("Check that it exists.")),
        "no_person": ErrorText(mark("Nobody can have such a name: {name}")),
        "no_files": ErrorText(mark("Files are not received this way.")),
    }

    def check(self, settings: Mapping[str, str]) -> Account:
        folder = Path(settings.get("folder", ""))
        try:
            if not folder.is_absolute() or not folder.is_dir():
                raise NotADirectoryError(f"no folder at {folder}")
            for room in ("inbox", "outbox"):
                (folder / room).mkdir(exist_ok=True)
        except (OSError, ValueError) as error:
            raise ConnectError("unusable", {"reason": str(error)}) from None
        return Account(str(folder), folder.name)

    def claim(self, settings: Mapping[str, str], *, forcibly: bool = False) -> None:
        self.check(settings)

    def serve(self, connection: ConnectionInfo, journal: Journal, stop: Event) -> None:
        while not stop.is_set():
            try:
                self.check(connection.settings)
                for path in sorted(Path(connection.settings["folder"], "inbox").iterdir()):
                    if path.suffix in (".txt", ".json"):
                        journal.commit([take(path)], path.name)
                        path.unlink()
                journal.alive()
            except (ConnectError, OSError) as error:
                journal.trouble("unusable", {"reason": str(getattr(error, "params", {}).get("reason", error))})
            stop.wait(0.5)

    def read(self, raw: bytes, connection: ConnectionInfo) -> tuple[IncomingMessage]:
        try:
            row = json.loads(raw)
            person, number, text, seconds = str(row["from"]), str(row["id"]), mend(str(row["text"])), float(row["at"])
            at = datetime.fromtimestamp(seconds, UTC)
        except (ArithmeticError, LookupError, OSError, RecursionError, TypeError, ValueError) as error:
            raise Unreadable(type(error).__name__) from None
        if not (PERSON.fullmatch(person) and PERSON.fullmatch(number)):
            raise Unreadable("nobody can have such a name")
        part = IncomingPart("text", text or "(empty)")
        return (IncomingMessage(Chat(person), Person(person, person), Reference(person, number), at, (part,)),)

    def plan(self, outgoing: Outgoing) -> tuple[Piece, ...]:
        return tuple(Piece("text", {"text": mend(part.text)}, (part.position,)) for part in outgoing.parts)

    def send(
        self,
        connection: ConnectionInfo,
        address: str,
        piece: Piece,
        files: Mapping[str, StoredFile],
        leaving: Callable[[], None],
    ) -> Sent:
        if not PERSON.fullmatch(address):
            raise SendError("no_person", {"name": address}, permanent=True)
        number = str(time.time_ns())
        target = Path(connection.settings.get("folder", ""), "outbox", f"{address}-{number}.txt")
        draft = target.with_suffix(".draft")
        try:
            draft.write_text(piece.payload["text"], "utf-8")
            leaving()
            draft.rename(target)
        except (OSError, ValueError) as error:
            raise SendError("unusable", {"reason": str(error)}, scope="connection") from None
        return Sent(tuple((part, Reference(address, number)) for part in piece.parts))

    def fetch(self, connection: ConnectionInfo, file: RemoteFile, target: BinaryIO) -> Fetched:
        raise SendError("no_files", permanent=True)


def take(path: Path) -> RawUpdate:
    """A dropped file as a row: anna.txt holds Anna's words; a .json file says {"from", "text"} itself."""
    number, text = path.stat().st_mtime_ns, path.read_text("utf-8", "replace")
    row = {"from": path.stem, "text": text}
    if path.suffix == ".json":
        with suppress(RecursionError, TypeError, ValueError):
            row |= json.loads(text)
    row |= {"id": str(number), "at": str(number / 1e9)}
    return RawUpdate(json.dumps(row).encode(), row["id"], mend(str(row["from"]))[:64])


def mend(text: str) -> str:
    """What the database can hold."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


@hookimpl
def register_channels() -> Sequence[Channel]:
    return (FileDrop(),)
