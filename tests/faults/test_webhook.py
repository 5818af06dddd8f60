"""Webhook mode with the real processes: posted to the web process, read by the worker, nothing lost on the way."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.harness.box import Box
from tests.harness.sandbox import Sandbox
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]

SAID = "SELECT text FROM message WHERE kind = 'incoming' ORDER BY id"


@pytest.fixture(scope="module")
def posted_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A shop whose box has an address that the messenger reaches."""
    folder = tmp_path_factory.mktemp("posted")
    sandbox, box = Sandbox(folder / "sandbox"), Box(folder / "box")
    try:
        sandbox.start()
        bot = sandbox.add_bot()
        box.set_up(bot["token"], sandbox.url, "--public-url", box.url)
        box.start()
        yield Shop(sandbox, box, bot["id"], bot["token"])
    finally:
        box.stop()
        sandbox.stop()
        sys.stdout.write(f"--- the box ---\n{box.log.read_text()[-20_000:]}\n")


def said(shop: Shop) -> list[str]:
    """What customers have said, in the order the desk shows it."""
    return [str(row["text"]) for row in shop.box.read(SAID)]


def say(shop: Shop, lines: list[str]) -> None:
    (phone,) = shop.add_customers(1)
    shop.write([(phone, line) for line in lines])


def test_what_is_posted_arrives_once_and_in_order(posted_shop: Shop) -> None:
    before = len(said(posted_shop))
    lines = [f"line {number}" for number in range(20)]
    say(posted_shop, lines)
    wait_until(lambda: len(said(posted_shop)) == before + 20, "the messages", 60, shown=lambda: said(posted_shop))
    assert said(posted_shop)[before:] == lines
    # Connecting has asked once whether another program reads this bot.
    assert len(posted_shop.sandbox.control.requests("getUpdates", bot_id=posted_shop.bot_id)) == 1
    assert posted_shop.connection()["trouble_code"] == ""


def test_what_is_posted_while_the_desk_is_dead_is_not_lost(posted_shop: Shop) -> None:
    before = len(said(posted_shop))
    lines = [f"late {number}" for number in range(40)]
    say(posted_shop, lines[:20])
    posted_shop.box.kill("web")
    say(posted_shop, lines[20:])
    wait_until(lambda: len(said(posted_shop)) >= before + 40, "the messages", 90, shown=lambda: said(posted_shop))
    posted_shop.settle()
    told = said(posted_shop)[before:]
    assert sorted(told) == sorted(lines)
    assert [line for line in told if line in lines[:20]] == lines[:20]
    posted_shop.box.check_database()
