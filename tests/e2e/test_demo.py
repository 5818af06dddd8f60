"""The demo: no bot, no token; a customer in one tab, staff in another."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.browsers import Browsers, sign_in
from tests.e2e.desk import Desk
from tests.harness.ports import find_free_port
from tests.harness.processes import LoggedProcess
from tests.harness.waiting import wait_until

PATIENCE = 120.0


@pytest.fixture
def announced(tmp_path: Path) -> Iterator[str]:
    """What a demo that serves has printed."""
    log = tmp_path / "printed.txt"
    listen = f"127.0.0.1:{find_free_port()}"
    environ = {"APPLIANCE_DATA": str(tmp_path / "demo"), "APPLIANCE_LISTEN": listen, "LANG": "en_GB.UTF-8"}
    demo = LoggedProcess((sys.executable, "-m", "appliance", "demo"), log, environ)
    try:
        wait_until(lambda: "listening on" in log.read_text(), "the demo", PATIENCE, shown=log.read_text)
        yield log.read_text()
    finally:
        demo.stop()


def test_a_visitor_is_customer_and_staff_in_two_tabs(announced: str, chromium: Browser) -> None:
    browsers = Browsers(chromium, read(announced, "opens at").rstrip("/"), {})
    context = browsers.open_context()
    desk, phone = Desk(context.new_page()), context.new_page()
    sign_in(desk.page, read(announced, "Login:"), read(announced, "Password:"))
    expect(desk.rows.locator("li").first).to_be_visible()
    phone.goto("/sandbox/")
    phone.get_by_label("Name of a new customer").fill("Zoe Zimmer")
    phone.get_by_label("Language of their phone").select_option("en")
    phone.get_by_role("button", name="Add the customer").click()
    phone.get_by_role("button", name="Start").click()
    phone.get_by_label("Message to the shop").fill("Are you open today?")
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.locator(".chat-messages")).to_contain_text("Are you open today?")
    row = desk.rows.locator("li", has_text="Zoe Zimmer")
    expect(row).to_contain_text("Are you open today?")
    row.click()
    desk.expect_state(desk.reply("Until six"), "sent")
    expect(phone.locator(".chat-messages")).to_contain_text("Until six")
    browsers.close()
    assert browsers.watch.complaints == []


def read(announced: str, after: str) -> str:
    """The word that stands behind these."""
    found = re.search(rf"{after}\s+(\S+)", announced)
    assert found, announced
    return found[1]
