"""Making what pages show of a file: every end of it, and that none is forgotten."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from appliance import MadeRendition, Prepared, StoredFile, Workplace, db
from appliance.models import Rendition
from appliance.services import disk, preparing_order, renditions, room, settings
from appliance.values import SYSTEM
from tests.unit.services.conftest import Desk
from tests.unit.services.workbench import Bench, change, file, make_playable, put_file, refused_writes


@pytest.fixture
def bench(desk: Desk) -> Bench:
    return Bench()


def made_of(number: int) -> list[str]:
    with db.session() as session:
        return list(session.scalars(select(Rendition.kind).where(Rendition.file_id == number)))


def test_it_keeps_what_was_made(bench: Bench) -> None:
    number = put_file()
    assert renditions.prepare(number)
    assert (file(number).making, made_of(number)) == ("", ["playable"])
    assert preparing_order.first("quick") is None


def test_heavy_work_goes_on_in_the_slow_lane(bench: Bench) -> None:
    number = put_file()
    bench.work = lambda _file, _workplace: Prepared(unfinished=True)
    renditions.prepare_next("quick")
    assert file(number).making == "slow"
    bench.work = make_playable
    renditions.prepare_next("slow")
    assert (file(number).making, bench.done) == ("", [number, number])


def test_an_end_that_could_not_be_written_is_found_again_and_costs_no_try(bench: Bench) -> None:
    number = put_file()
    change(number, width=1)
    bench.work = lambda _file, _workplace: Prepared(width=640)
    for _ in range(renditions.ATTEMPTS + 1):
        with refused_writes("width"), pytest.raises(DBAPIError):
            renditions.prepare(number)
        assert file(number).lease_owner, "its end is not written"
        assert preparing_order.first("quick") == number
    assert renditions.prepare(number)
    assert (file(number).making, file(number).lease_owner) == ("", "")


def test_a_full_disk_makes_it_wait_and_costs_no_try(bench: Bench) -> None:
    number = put_file()

    def full(_file: StoredFile, _workplace: Workplace) -> Prepared:
        raise OSError(errno.ENOSPC, "No space left on device")

    bench.work = full
    for _ in range(renditions.ATTEMPTS + 1):
        assert not renditions.prepare(number)
    assert (file(number).making, file(number).failure) == ("quick", room.CODE)
    assert preparing_order.first("quick") is None, "it waits a while"
    change(number, next_try_at=None)
    bench.work = make_playable
    assert renditions.prepare(number)
    assert (file(number).making, file(number).failure) == ("", "")


def test_a_failure_on_a_disk_without_room_is_the_disks(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    number = put_file()
    bench.work = lambda _file, _workplace: Prepared(failure="broken")
    monkeypatch.setattr(disk, "free", lambda _data: room.TIGHT - 1)
    renditions.prepare(number)
    assert (file(number).making, file(number).failure) == ("quick", room.CODE)
    monkeypatch.setattr(disk, "free", lambda _data: room.TIGHT)
    renditions.prepare(number)
    assert (file(number).making, file(number).failure) == ("failed", "broken")


def test_below_the_reserve_films_wait_and_resume_by_themselves(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.set("disk_reserve_mb", "500", SYSTEM)
    large, small = put_file(making="slow", size=100 << 20), put_file(making="slow", content=b"s", size=room.SMALL)
    for free in (499 << 20, 299 << 20):
        monkeypatch.setattr(disk, "free", lambda _data, free=free: free)
        renditions.prepare(large, "slow")
        assert (file(large).making, file(large).failure, bench.done) == ("slow", room.CODE, [])
    renditions.prepare(small, "slow")
    assert bench.done == [small]
    monkeypatch.setattr(disk, "free", lambda _data: 500 << 20)
    change(large, next_try_at=None)
    renditions.prepare_next("slow")
    assert file(large).making == ""


def test_what_failed_without_a_reason_is_tried_thrice(bench: Bench) -> None:
    number = put_file()

    def fail(_file: StoredFile, workplace: Workplace) -> Prepared:
        return Prepared((MadeRendition("playable", workplace.folder / "never written", "video/mp4"),))

    bench.work = fail
    for attempt in range(renditions.ATTEMPTS):
        assert file(number).making == "quick", attempt
        assert not renditions.prepare(number)
    assert (file(number).making, file(number).failure) == ("failed", "failed")


def test_a_worker_killed_at_it_leaves_it_to_the_next_one(bench: Bench) -> None:
    number = put_file(making="slow", lease_owner="another boot-1-1", making_attempts=1)
    assert preparing_order.first("slow") == number
    renditions.prepare_next("slow")
    assert made_of(number) == ["playable"]


def test_what_kills_every_worker_is_given_up(bench: Bench) -> None:
    number = put_file(lease_owner="another boot-1-1", making_attempts=renditions.ATTEMPTS)
    renditions.prepare_next("quick")
    assert (file(number).making, file(number).failure, bench.done) == ("failed", "crashed", [])


def test_progress_that_cannot_be_written_stops_no_work(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renditions, "REPORT_SECONDS", 0.0)
    number = put_file(making="slow")

    def report(file: StoredFile, workplace: Workplace) -> Prepared:
        with refused_writes("progress"):
            workplace.report(0.5)
        return make_playable(file, workplace)

    bench.work = report
    assert renditions.prepare(number, "slow")
    assert made_of(number) == ["playable"]


def test_nothing_is_left_of_half_made_work(bench: Bench, tmp_path: Path) -> None:
    number = put_file()

    def break_off(_file: StoredFile, workplace: Workplace) -> Prepared:
        (workplace.folder / "half").write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    bench.work = break_off
    renditions.prepare(number)
    assert list((tmp_path / "files" / "tmp").iterdir()) == []
    assert made_of(number) == []
