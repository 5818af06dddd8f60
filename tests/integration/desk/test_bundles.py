"""All files of a message in one download."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest

from appliance import db
from appliance.models import File, Message, Part, Team, Ticket, now
from appliance.services import blobs
from tests.integration.desk.conftest import Browser, House

NAMES = ["photo.jpg", "Photo.JPG", "../../счёт?.pdf", "", "late.bin"]


@pytest.fixture
def album(house: House) -> int:
    """A message of five files, the last of which has not come yet; its id."""
    house.write({"chat": 1, "id": 1, "text": "five", "file": "f1", "kind": "photo"})
    message = house.last_message()
    with db.write() as session:
        first = session.query(File).one()
        session.query(Part).filter_by(file_id=first.id).one().file_id = None
        session.get_one(Message, message.id).at = datetime(2026, 3, 5, 10, 20, 30, tzinfo=UTC)
        for number, name in enumerate(NAMES):
            blob = blobs.put(lambda target, number=number: target.write(b"%d" % number * 100_000))
            state = "ready" if name != "late.bin" else "waiting"
            file = File(kind="photo", name=name, mime="image/png", size=blob.size, sha256=blob.sha256, state=state)
            session.add(file)
            session.flush()
            session.add(Part(message_id=message.id, position=number + 1, kind="photo", file_id=file.id))
    return message.id


def test_it_holds_every_original_under_a_name_of_its_own(owner: Browser, album: int) -> None:
    answer = owner.get(f"/messages/{album}/files.zip")
    assert answer.mimetype == "application/zip"
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="1001 2026-03-05.zip"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["photo.jpg", "Photo (2).JPG", "счёт_.pdf", "photo-5.png"]
        assert [archive.read(name)[:1] for name in archive.namelist()] == [b"0", b"1", b"2", b"3"]
        assert {info.date_time[:3] for info in archive.infolist()} == {(2026, 3, 5)}


def test_its_size_is_known_before(owner: Browser, album: int) -> None:
    whole = len(owner.get(f"/messages/{album}/files.zip").data)
    answer = owner.client.head(f"/messages/{album}/files.zip")
    assert (answer.status_code, int(answer.headers["Content-Length"])) == (200, whole)


def test_who_may_not_see_the_ticket_gets_nothing(house: House, album: int) -> None:
    olga = house.hire("olga")
    assert olga.get(f"/messages/{album}/files.zip").status_code == 200
    with db.write() as session:
        team = Team(name="Accounts")
        session.add(team)
        session.flush()
        session.get_one(Ticket, 1001).team_id = team.id
    assert olga.get(f"/messages/{album}/files.zip").status_code == 404
    assert olga.get("/messages/9999/files.zip").status_code == 404


def test_a_message_without_files_has_no_download(house: House, owner: Browser) -> None:
    house.write({"chat": 1, "id": 1, "text": "words"})
    assert owner.get(f"/messages/{house.last_message().id}/files.zip").status_code == 404


def test_what_was_let_go_is_left_out(owner: Browser, album: int) -> None:
    with db.write() as session:
        for file in session.query(File).filter(File.name != "photo.jpg"):
            file.dropped_at, file.sha256 = now(), ""
    with zipfile.ZipFile(io.BytesIO(owner.get(f"/messages/{album}/files.zip").data)) as archive:
        assert archive.namelist() == ["photo.jpg"]
    with db.write() as session:
        for file in session.query(File).filter(File.name == "photo.jpg"):
            file.dropped_at, file.sha256 = now(), ""
    answer = owner.get(f"/messages/{album}/files.zip")
    assert answer.status_code == 410
    assert "No longer kept" in answer.text
