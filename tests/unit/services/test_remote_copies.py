"""What the messenger already holds goes again by its id, the newest one it gave."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from appliance import db
from appliance.models import RemoteCopy
from appliance.services import files, outbox, sending
from tests.unit.services.conftest import Desk


def test_the_id_that_the_messenger_gave_last_is_kept(desk: Desk, tmp_path: Path) -> None:
    desk.outside.holds = True
    desk.write({"chat": 7, "id": 1, "text": "Where is the form?"})
    with (tmp_path / "form").open("wb+") as stream:
        stream.write(b"%PDF-")
        stream.seek(0)
        file_id = files.receive(stream, "form.pdf", "application/pdf", desk.agent)
    known: list[list[str]] = []
    for _ in range(2):
        outbox.reply(1001, desk.agent, "", (file_id,))
        sending.deliver(1)
        with db.session() as session:
            known.append(list(session.scalars(select(RemoteCopy.remote_id))))
    assert known == [["held-9001"], ["held-9002"]]
