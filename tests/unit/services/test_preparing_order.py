"""What is prepared first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from appliance import db
from appliance.models import File, now
from appliance.services import instance, preparing_again, preparing_order, renditions
from tests.unit.services.conftest import Desk
from tests.unit.services.workbench import Bench, change, file, put_file


@pytest.fixture
def bench(desk: Desk) -> Bench:
    return Bench()


def work_through(lane: str = "quick") -> None:
    while preparing_order.first(lane) is not None:  # type: ignore[arg-type]
        renditions.prepare_next(lane)  # type: ignore[arg-type]


def test_a_voice_comes_before_pictures_and_pictures_before_the_rest(bench: Bench) -> None:
    film, sheet, sticker, voice, photo = [put_file(kind) for kind in ("video", "document", "sticker", "voice", "photo")]
    work_through()
    assert bench.done[0] == voice
    assert set(bench.done[1:3]) == {sticker, photo}
    assert set(bench.done[3:]) == {film, sheet}


@pytest.mark.parametrize("lane", ["quick", "slow"])
def test_the_newest_comes_first(bench: Bench, lane: str) -> None:
    old, new = put_file(making=lane, wanted_at=now() - timedelta(hours=1)), put_file(making=lane)
    work_through(lane)
    assert bench.done == [new, old]


def test_a_thousand_files_to_prepare_again_let_everything_else_pass(bench: Bench) -> None:
    with db.write() as session:
        session.add_all([File(kind="voice", state="ready", sha256="0" * 64, size=1) for _ in range(1000)])
    assert preparing_again.prepare_again(()) == 1000
    fresh = put_file("document", wanted_at=now() - timedelta(days=1))
    assert preparing_order.first("quick") == fresh
    renditions.prepare_next("quick")
    assert bench.done == [fresh]
    assert preparing_order.first("quick") == 1000, "the newest of the old ones"


def test_a_fresh_film_passes_those_that_are_made_again(bench: Bench) -> None:
    again, fresh = put_file(making="slow", wanted_at=None), put_file(making="slow", wanted_at=now() - timedelta(days=9))
    work_through("slow")
    assert bench.done == [fresh, again]


def test_what_a_person_asks_for_is_wanted_now(bench: Bench) -> None:
    failed, fresh = put_file(making="failed", failure="broken", wanted_at=None), put_file()
    preparing_again.retry(failed)
    assert (file(failed).making, file(failed).failure) == ("quick", "")
    work_through()
    assert bench.done == [failed, fresh]


def test_only_what_failed_is_tried_again(bench: Bench) -> None:
    done, gone = put_file(making=""), put_file(making="failed", dropped_at=now())
    for number in (done, gone):
        preparing_again.retry(number)
        assert file(number).making in ("", "failed")


def test_what_is_in_hand_is_nobody_elses(bench: Bench) -> None:
    first, second = put_file(), put_file("voice")
    preparing_order.in_hand["quick"].take(second)
    try:
        change(second, lease_owner=instance.me())
        assert preparing_order.first("quick") == first
    finally:
        preparing_order.in_hand["quick"].drop(second)
    assert preparing_order.first("quick") == second
