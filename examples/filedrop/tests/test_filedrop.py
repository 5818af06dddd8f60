"""Files come in, replies go out."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from appliance import ConnectionInfo, Json, Outgoing, OutgoingPart, RawUpdate, SendError
from appliance_filedrop import FileDrop


class Notes:
    def __init__(self) -> None:
        self.rows: list[RawUpdate] = []

    def position(self) -> str:
        return ""

    def commit(self, updates: Sequence[RawUpdate], position: str) -> None:
        self.rows.extend(updates)

    def alive(self) -> None:
        """It looked."""

    def trouble(self, code: str, params: Json | None = None) -> None:
        raise AssertionError(code, params)


def serve(connection: ConnectionInfo, count: int) -> list[RawUpdate]:
    notes, stop = Notes(), threading.Event()
    service = threading.Thread(target=FileDrop().serve, args=(connection, notes, stop))
    service.start()
    deadline = time.monotonic() + 5
    while len(notes.rows) < count and time.monotonic() < deadline:
        time.sleep(0.02)
    stop.set()
    service.join()
    return notes.rows


def test_dropped_files_become_messages(tmp_path: Path) -> None:
    connection = ConnectionInfo(1, {"folder": str(tmp_path)}, FileDrop().check({"folder": str(tmp_path)}))
    inbox = tmp_path / "inbox"
    (inbox / "anna.txt").write_text("The kettle leaks \x00💧", "utf-8")
    (inbox / "drop.json").write_text('{"from": "pump-3", "text": "no pressure"}')
    (inbox / "ivan.json").write_text("{broken")
    (inbox / "notes.md").write_text("not ours")
    values = [FileDrop().read(row.raw, connection)[0] for row in serve(connection, 3)]
    assert [(value.author.name, value.parts[0].text) for value in values] == [
        ("anna", "The kettle leaks 💧"),
        ("pump-3", "no pressure"),
        ("ivan", "{broken"),
    ]
    assert [path.name for path in inbox.iterdir()] == ["notes.md"]


def test_a_reply_becomes_a_file(tmp_path: Path) -> None:
    channel, connection = FileDrop(), ConnectionInfo(1, {"folder": str(tmp_path)})
    channel.check(connection.settings)
    (piece,) = channel.plan(Outgoing("anna", (OutgoingPart(0, "text", "Bring it in"),)))
    left: list[int] = []
    sent = channel.send(connection, "anna", piece, {}, lambda: left.append(1))
    (answer,) = (tmp_path / "outbox").iterdir()
    assert answer.read_text("utf-8") == "Bring it in"
    assert answer.name == f"anna-{sent.references[0][1].message}.txt"
    assert left == [1]


def test_an_address_cannot_leave_the_folder(tmp_path: Path) -> None:
    channel, connection = FileDrop(), ConnectionInfo(1, {"folder": str(tmp_path)})
    channel.check(connection.settings)
    (piece,) = channel.plan(Outgoing("x", (OutgoingPart(0, "text", "x"),)))
    with pytest.raises(SendError):
        channel.send(connection, "../../etc/x", piece, {}, lambda: None)
    assert list((tmp_path / "outbox").iterdir()) == []
