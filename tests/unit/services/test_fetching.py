"""A customer's file comes to the box."""

from __future__ import annotations

import hashlib
import random
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from appliance import db
from appliance.models import File
from appliance.services import blobs, disk, fetching, files, room, settings, status
from appliance.values import SYSTEM, Actor, SendError
from tests.plain_channel import FILE_BYTES
from tests.unit.services.conftest import Desk

BILL = {"chat": 7, "id": 1, "file": "f1", "file_name": "bill.pdf"}
DISK = 8 << 20


def file(number: int = 1) -> File:
    with db.session() as session:
        return session.get_one(File, number)


def all_files() -> list[File]:
    with db.session() as session:
        return list(session.scalars(select(File).order_by(File.id)))


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file may grow beyond DISK bytes; more is refused by the kernel, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (DISK, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def unfinished(folder: Path) -> list[Path]:
    return list((folder / "files" / "tmp").iterdir())


def test_a_file_is_fetched_and_may_be_downloaded(desk: Desk) -> None:
    desk.write(BILL)
    (number,) = fetching.due()
    fetching.fetch(number)
    assert file().state == "ready"
    found = files.servable(number, desk.agent)
    assert (found.size, found.name, found.inline) == (len(FILE_BYTES), "bill.pdf", False)


def test_a_stranger_may_not_download_it(desk: Desk) -> None:
    desk.write(BILL)
    fetching.fetch(1)
    with pytest.raises(blobs.Gone):
        files.servable(1, Actor("contact", 1))


def test_a_passing_failure_is_tried_again(desk: Desk) -> None:
    desk.write(BILL)
    desk.outside.failures = [SendError("network")]
    fetching.fetch(1)
    assert (file().state, file().error_code) == ("waiting", "network")
    fetching.fetch(1)
    assert file().state == "ready"


def test_a_permanent_failure_is_said(desk: Desk) -> None:
    desk.write(BILL)
    desk.outside.failures = [SendError("file_gone", permanent=True)]
    fetching.fetch(1)
    assert (file().state, file().error_code) == ("failed", "file_gone")


def test_a_file_that_never_comes_is_given_up(desk: Desk) -> None:
    desk.write(BILL)
    desk.outside.failures = [SendError("download_broken") for _ in range(fetching.ATTEMPTS)]
    for _ in range(fetching.ATTEMPTS):
        assert file().state == "waiting"
        fetching.fetch(1)
    assert file().state == "failed"


def test_a_line_that_is_down_for_hours_costs_no_file(desk: Desk) -> None:
    desk.write(BILL)
    desk.outside.failures = [SendError("network", scope="connection") for _ in range(fetching.ATTEMPTS * 2)]
    for _ in range(fetching.ATTEMPTS * 2):
        fetching.fetch(1)
    assert file().state == "waiting"
    fetching.fetch(1)
    assert file().state == "ready"


def test_a_file_over_the_limit_is_never_asked_for(desk: Desk) -> None:
    desk.write({**BILL, "size": 48 << 20})
    assert file().state == "too_large"
    assert fetching.due() == []


def test_with_a_server_of_our_own_nothing_is_too_large(desk: Desk) -> None:
    desk.outside.download_limit = 0
    desk.write({**BILL, "size": 480 << 20})
    assert fetching.due() == [1]


def test_a_large_file_waits_for_a_click_on_a_metered_line(desk: Desk) -> None:
    settings.set("fetch_click_mb", "5", SYSTEM)
    desk.write({**BILL, "size": 6 << 20}, {**BILL, "id": 2, "size": 5 << 20}, {**BILL, "id": 3})
    assert [found.state for found in all_files()] == ["on_click", "waiting", "waiting"]
    settings.set("fetch_click_mb", "", SYSTEM)
    desk.write({**BILL, "id": 4, "size": 6 << 20})
    assert file(4).state == "waiting"


@pytest.mark.parametrize("size", [48 << 20, 8 << 20, 3 << 20])
def test_the_messengers_small_picture_comes_first(desk: Desk, size: int) -> None:
    settings.set("fetch_click_mb", "5", SYSTEM)
    desk.outside.files["small"] = b"small picture"
    desk.write({**BILL, "kind": "photo", "size": size, "thumbnail": "small"})
    small, large = all_files()
    assert (small.kind, small.state, large.thumbnail_id) == ("photo", "waiting", small.id)
    assert fetching.due()[0] == small.id
    fetching.fetch(small.id)
    assert files.servable(small.id, desk.agent).size == len(b"small picture")


def test_a_small_file_needs_no_small_picture(desk: Desk) -> None:
    desk.write({**BILL, "kind": "photo", "size": 100_000, "thumbnail": "small"})
    assert [found.thumbnail_id for found in all_files()] == [None]


def test_a_file_left_by_a_killed_process_is_fetched_again(desk: Desk) -> None:
    desk.write(BILL)
    with db.write() as session:
        left = session.get_one(File, 1)
        left.state, left.lease_owner = "fetching", "another boot-1-1"
    assert fetching.due() == [1]
    fetching.fetch(1)
    assert file().state == "ready"


def test_a_file_whose_end_could_not_be_written_down_is_fetched_again(desk: Desk) -> None:
    desk.write(BILL)
    with db.write() as session:
        refusal = "BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"
        session.execute(text(f"CREATE TRIGGER full BEFORE UPDATE OF sha256 ON file {refusal}"))
    with pytest.raises(IntegrityError, match="full"):
        fetching.fetch(1)
    assert file().state == "fetching"
    assert fetching.due() == [1]
    with db.write() as session:
        session.execute(text("DROP TRIGGER full"))
    fetching.fetch(1)
    assert file().state == "ready"


def test_half_a_file_is_no_file(desk: Desk, tmp_path: Path) -> None:
    desk.write(BILL)
    desk.outside.cuts = [SendError("download_broken")]
    fetching.fetch(1)
    assert (file().state, file().error_code, file().sha256) == ("waiting", "download_broken", "")
    assert unfinished(tmp_path) == []


def test_nineteen_megabytes_arrive_whole(desk: Desk) -> None:
    desk.outside.files["f1"] = random.Random(1).randbytes(19 << 20)
    desk.write({**BILL, "size": 19 << 20})
    fetching.fetch(1)
    assert file().size == 19 << 20
    assert file().sha256 == hashlib.sha256(desk.outside.files["f1"]).hexdigest()


def test_a_full_disk_keeps_the_file_waiting_and_is_said(desk: Desk, tmp_path: Path, small_disk: None) -> None:
    desk.outside.files["f1"] = bytes(DISK + 1)
    desk.write(BILL)
    for _ in range(fetching.ATTEMPTS + 1):
        fetching.fetch(1)
    assert (file().state, file().error_code) == ("waiting", "disk_full")
    assert unfinished(tmp_path) == []
    said = [line for line in status.checks(tmp_path, "en") if line.name == "Files"]
    assert [(line.state, line.params) for line in said] == [("fail", {"count": 1})]
    desk.outside.files["f1"] = FILE_BYTES
    fetching.fetch(1)
    assert file().state == "ready"
    assert not [line for line in status.checks(tmp_path, "en") if line.name == "Files"]


def test_below_the_reserve_large_files_wait_and_small_ones_come(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.set("disk_reserve_mb", "500", SYSTEM)
    desk.write({**BILL, "size": room.SMALL + 1}, {**BILL, "id": 2, "size": room.SMALL})
    monkeypatch.setattr(disk, "free", lambda _data: (500 << 20) - 1)
    for number in fetching.due():
        fetching.fetch(number)
    assert [(found.state, found.error_code) for found in all_files()] == [("waiting", room.CODE), ("ready", "")]
    assert fetching.due() == [], "it looks again in a minute"
    monkeypatch.setattr(disk, "free", lambda _data: 500 << 20)
    fetching.fetch(1)
    assert (file(1).state, file(1).error_code) == ("ready", "")


def test_a_large_file_needs_room_for_what_is_made_of_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.outside.download_limit = 0
    desk.write({**BILL, "size": 2 << 30})
    monkeypatch.setattr(disk, "free", lambda _data: (6 << 30) - 1)
    fetching.fetch(1)
    assert file(1).error_code == room.CODE
    monkeypatch.setattr(disk, "free", lambda _data: 6 << 30)
    fetching.fetch(1)
    assert file(1).state == "ready"
