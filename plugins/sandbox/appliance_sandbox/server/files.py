"""File bytes on disk and what is known of them; every file_id belongs to one bot."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from appliance_sandbox.server.database import Database
from appliance_sandbox.server.inflating import inflate

FOLDERS = {
    "photo": "photos", "video": "videos", "video_note": "video_notes", "voice": "voice", "audio": "music",
    "document": "documents", "animation": "animations", "sticker": "stickers", "thumbnail": "thumbnails",
}  # fmt: skip
# The messenger keeps the sender's ending; anything unusual in it is dropped.
ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes on disk under their SHA-256."""

    digest: str
    size: int
    path: Path


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file a bot can name. `body` is the media object of the message it came in (a list for a photo)."""

    file_id: str
    unique_id: str
    kind: str
    path: str
    size: int
    body: str

    def identity(self) -> dict[str, str | int]:
        """The three fields every media object begins with."""
        short = self.unique_id[:20]
        return {"file_id": self.file_id, "file_unique_id": short, "file_size": self.size}


class Files:
    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, stream: IO[bytes]) -> Blob:
        """Store bytes once, however often they come."""
        unfinished = self._folder / f"unfinished-{secrets.token_hex(8)}"
        with unfinished.open("wb") as target:
            shutil.copyfileobj(stream, target, 1 << 18)
        with unfinished.open("rb") as written:
            digest = hashlib.file_digest(written, "sha256").hexdigest()
        kept = unfinished.replace(self._folder / digest)
        return Blob(digest, kept.stat().st_size, kept)

    def name(self, bot_id: int, kind: str, blob: Blob, file_name: str, size: int | None = None) -> KnownFile:
        """Give stored bytes a file_id and a path for one bot. `size` may pretend another size."""
        ending = ENDING.fullmatch(Path(file_name).suffix)
        # The same bytes have the same unique id for every bot; the digest leads back to them.
        file_id, unique_id = "AgACAgIAAxkB" + secrets.token_urlsafe(36), f"AQAD{blob.digest}"
        with self._database.transaction():
            path = f"{FOLDERS[kind]}/file_{self._next_number()}{ending.group().lower() if ending else ''}"
            known = KnownFile(file_id, unique_id, kind, path, blob.size if size is None else size, "")
            self._database.run(
                "INSERT INTO files (file_id, unique_id, bot_id, kind, path, size, body) VALUES (?, ?, ?, ?, ?, ?, '')",
                known.file_id, known.unique_id, bot_id, kind, path, known.size,
            )  # fmt: skip
        return known

    def describe(self, file_id: str, body: object) -> None:
        """Remember the media object that sending this file again shows."""
        self._database.run("UPDATE files SET body = ? WHERE file_id = ?", json.dumps(body), file_id)

    def find(self, bot_id: int, file_id: str) -> KnownFile | None:
        return self._one("SELECT * FROM files WHERE bot_id = ? AND file_id = ?", bot_id, file_id)

    def at(self, bot_id: int, path: str) -> KnownFile | None:
        return self._one("SELECT * FROM files WHERE bot_id = ? AND path = ?", bot_id, path)

    def bytes_of(self, known: KnownFile) -> Path:
        return self._folder / known.unique_id.removeprefix("AQAD")

    def lay_out(self, known: KnownFile, token: str) -> Path:
        """Where a server in local mode keeps the file: a real one, of the size it is said to have.

        The token is part of the path, as it is with the published server.
        """
        path = self._folder.resolve() / token / known.path
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = self.bytes_of(known)
        if path.exists():
            return path
        if known.size > kept.stat().st_size:
            inflate(kept, path, known.size)
        else:
            with contextlib.suppress(FileExistsError):
                os.link(kept, path)
        return path

    def _next_number(self) -> int:
        row = self._database.row("SELECT coalesce(max(rowid), 0) AS n FROM files")
        return int(row["n"]) if row else 0

    def _one(self, sql: str, *values: object) -> KnownFile | None:
        row = self._database.row(sql, *values)
        if not row:
            return None
        return KnownFile(*(row[name] for name in ("file_id", "unique_id", "kind", "path", "size", "body")))
