"""A running desk that holds renditions: served as the product serves them, with its rights, ranges and policies."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

from appliance import MadeRendition, app, db, schema
from appliance.config import Config
from appliance.services import agents, files, renditions
from appliance.values import SYSTEM, Actor
from appliance.wsgi import Server, listen
from tests.harness.templates import keep_compiled

LOGIN = "curator"
PASSWORD = "a long enough password"


class Gallery:
    """`address` is the desk's, for LOGIN with PASSWORD; `hang` puts up what was made of one file."""

    def __init__(self, folder: Path, address: str, curator: Actor) -> None:
        self.address = address
        self._folder = folder
        self._curator = curator

    def hang(self, made: dict[str, MadeRendition]) -> dict[str, str]:
        """The address of each rendition, by its kind. Its files are copied: the desk moves what it is given."""
        file_id = files.receive(io.BytesIO(b"original"), "original", "", self._curator, "document")
        copies = [replace(item, path=self._copy(item.path)) for item in made.values() if item.path]
        rows = renditions.store(copies)
        with db.write() as session:
            renditions.keep(session, file_id, rows)
        return {item.kind: f"{self.address}/files/{file_id}/{item.kind}" for item in copies}

    def _copy(self, path: Path | None) -> Path:
        assert path is not None
        return Path(shutil.copy(path, self._folder / path.name))


@contextmanager
def open_gallery(folder: Path) -> Iterator[Gallery]:
    """On a free port of the loopback, for as long as the block lasts."""
    config = Config(data=folder / "data")
    schema.bring_up_to_date(config)
    app.unbind_doors()
    desk = keep_compiled(app.create_app(config))
    curator = agents.add(LOGIN, "The Curator", "owner", PASSWORD, SYSTEM)
    listener = listen("127.0.0.1", 0)
    server = Server(desk, listener)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield Gallery(folder, f"http://127.0.0.1:{listener.getsockname()[1]}", Actor("agent", curator, "owner"))
    finally:
        server.stop()
        thread.join(30)
