"""Another box reads the messages of the same bot."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.box import Box
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]

POLL = "telegram.poll_timeout"


@pytest.fixture
def other(shop: Shop, tmp_path: Path) -> Iterator[Box]:
    """A second box with the same bot, not yet running."""
    box = Box(tmp_path / "other")
    box.set_up(shop.token, shop.sandbox.url, "--take-over")
    shop.box.command("set", POLL, "2")
    yield box
    box.stop()
    shop.box.command("set", POLL, "25")
    sys.stdout.write(f"--- the other box ---\n{box.log.read_text()[-20_000:]}\n")


def trouble(box: Box) -> str:
    return str(box.read("SELECT trouble_code FROM connection")[0]["trouble_code"])


def test_it_is_told_at_the_connection_and_the_first_one_recovers_once_it_is_gone(shop: Shop, other: Box) -> None:
    other.start()
    wait_until(lambda: trouble(shop.box) == "second_poller", "word of the second box", 30)
    wait_until(lambda: trouble(other) == "second_poller", "word of the first box", 30)
    other.stop()
    wait_until(lambda: not trouble(shop.box), "recovery", 40)
    (phone,) = shop.add_customers(1)
    shop.write([(phone, "Is anybody there?")])
    wait_until(phone.answers, "the acknowledgement", 40)
