"""The disk is full while texts and files arrive."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.disks import Disk, Limit, open_disk
from tests.faults.drills import filling
from tests.harness.shop import Shop, open_shop

pytestmark = [pytest.mark.faults, pytest.mark.timeout(400)]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with open_disk(tmp_path / "shop" / "box" / "data") as disk:
        sys.stdout.write(f"the disk is {disk.way}\n")
        yield disk


@pytest.fixture
def small_shop(disk: Disk, tmp_path: Path) -> Iterator[Shop]:
    """A shop whose box has its data on that disk."""
    del disk
    with open_shop(tmp_path / "shop") as shop:
        yield shop


def test_nothing_is_acknowledged_that_cannot_be_kept_and_all_is_taken_later(disk: Disk, small_shop: Shop) -> None:
    tally, shortage = filling.drill(small_shop, disk)
    assert shortage.unkept == 0
    assert tally.is_clean(), tally
    assert (tally.messages, tally.replies) == (6 * 7, 6 * 2)
    # What a worker sends at a time may have left when its outcome could not be written down.
    assert tally.uncertain <= 4
    if disk.way != Limit.way:
        assert "The disk is full" in shortage.status
    small_shop.box.check_database()
