"""Fixtures for whoever needs the whole product running; import what is used into a conftest.

The shop is one for all tests of a pytest process: start-up is the slowest part, and a box that has lived through
other tests is worth more than a fresh one. Each test makes customers of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.shop import Shop, open_shop


@pytest.fixture(scope="session")
def running_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """The shop that is shared; tests ask for `shop`."""
    with open_shop(tmp_path_factory.mktemp("shop")) as shop:
        yield shop


@pytest.fixture
def shop(running_shop: Shop) -> Iterator[Shop]:
    """The running shop, well and without faults; what its processes wrote is shown with a test that fails."""
    running_shop.sandbox.control.clear_faults()
    if running_shop.box.wounded:
        running_shop.box.restart()
    box_log, sandbox_log = LogMark(running_shop.box.log), LogMark(running_shop.sandbox.log)
    yield running_shop
    running_shop.sandbox.control.clear_faults()
    sys.stdout.write(f"--- the box ---\n{box_log.since()}\n--- the sandbox ---\n{sandbox_log.since()}\n")


class LogMark:
    """A place in a log: what came after it belongs to this test."""

    MOST = 40_000

    def __init__(self, path: Path) -> None:
        self._path = path
        self._start = path.stat().st_size

    def since(self) -> str:
        with self._path.open("rb") as file:
            file.seek(self._start)
            return file.read().decode("utf-8", "replace")[-self.MOST :]
