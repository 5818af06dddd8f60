"""A shop that works, with staff at its desk, and browsers to look at it.

The shop is one for all tests of a pytest process. The browser is not: while Playwright stands, nothing else in the
process can run an event loop, so it ends with each file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, StorageState

from tests.e2e.browsers import Browsers, open_chromium
from tests.e2e.staff import hire
from tests.harness.fixtures import shop
from tests.harness.shop import Shop, open_shop
from tests.harness.staff import Staff

__all__ = ["browsers", "chromium", "running_shop", "shop", "signed_in"]
FOLDER = Path(__file__).parent
# A list shows fifty rows at first, and those who wait longest come first: a test's own ticket has to be among them.
CROWD = 25


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests in this folder are marked alike; they wait for processes, and a slow machine may take its time."""
    for item in items:
        if item.path.is_relative_to(FOLDER):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.timeout(300, func_only=True))


@pytest.fixture(scope="session")
def running_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with open_shop(tmp_path_factory.mktemp("desk")) as opened:
        hire(opened.box)
        yield opened


@pytest.fixture(scope="session")
def signed_in() -> dict[str, StorageState]:
    """Login → what that agent's browser has kept."""
    return {}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with open_chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def finishing(running_shop: Shop) -> Iterator[Staff]:
    """Whoever ends what the tests before have left open."""
    with running_shop.hire() as hired:
        yield hired


@pytest.fixture
def clear_desk(shop: Shop, request: pytest.FixtureRequest) -> None:
    waiting = shop.box.read("SELECT id FROM ticket WHERE shelf = 'none' AND stage = 'open'")
    if len(waiting) > CROWD:
        staff: Staff = request.getfixturevalue("finishing")
        for ticket in waiting:
            staff.do("let_go", ticket=ticket["id"])


@pytest.fixture
def browsers(chromium: Browser, shop: Shop, clear_desk: None, signed_in: dict[str, StorageState]) -> Iterator[Browsers]:
    """The test fails when one of its pages did what no page may do."""
    opened = Browsers(chromium, shop.box.url, signed_in)
    yield opened
    opened.close()
    assert opened.watch.complaints == []
