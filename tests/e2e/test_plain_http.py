"""At a PC of the shop's network, by a name and without HTTPS: nothing a secure origin alone has may be needed."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.browsers import Browsers, open_chromium, sign_in
from tests.e2e.customers import open_ticket
from tests.e2e.desk import Desk
from tests.harness.box import OWNER
from tests.harness.shop import Shop

PASTE = """async (field) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
  canvas.getContext("2d").fillRect(4, 4, 40, 20);
  const picture = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([picture], "image.png", { type: "image/png" }));
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with open_chromium("--host-resolver-rules=MAP *.lan 127.0.0.1") as opened:
        yield opened


@pytest.fixture
def by_name(shop: Shop, browsers: Browsers) -> Desk:
    address = f"http://inbox.lan:{urlsplit(shop.box.url).port}"
    browsers.watch.forgive("outside: http://inbox.lan:", "blob:http://inbox.lan:", "Cross-Origin-Opener-Policy")
    page = browsers.open_context(base_url=address).new_page()
    # By another name nothing of the desk is known to the browser yet: all of it is loaded.
    page.set_default_timeout(60_000)
    sign_in(page, OWNER)
    return Desk(page)


def test_a_pasted_screenshot_and_its_words_arrive_as_one_message(shop: Shop, by_name: Desk) -> None:
    phone, ticket = open_ticket(shop, "Ida")
    before = len(phone.answers())
    by_name.open(ticket)
    assert by_name.page.evaluate("window.isSecureContext") is False
    shop.sandbox.control.add_fault("bad_gateway", methods=["sendPhoto"], chat_id=phone.chat_id, times=1000)
    by_name.text.focus()
    by_name.text.evaluate(PASTE)
    expect(by_name.page.locator(".tray-ready")).to_have_count(1)
    by_name.page.keyboard.type("This is where to click")
    by_name.page.keyboard.press("Enter")
    bubble = by_name.bubble("This is where to click")
    by_name.expect_state(bubble, "queued")
    shop.sandbox.control.clear_faults()
    by_name.expect_state(bubble, "sent")
    (answer,) = phone.answers()[before:]
    assert answer["caption"] == "This is where to click"
    assert "photo" in answer
