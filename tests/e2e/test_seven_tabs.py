"""Seven tabs of one PC in the shop's network, on plain HTTP, and a cable somebody stumbles over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.browsers import Browsers, open_chromium, sign_in
from tests.e2e.cable import Cable, laid_to
from tests.e2e.customers import add_customer, open_ticket
from tests.e2e.desk import Desk
from tests.harness.box import OWNER
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

# A browser keeps six connections to a host: with a stream for each tab, the seventh would never load.
TABS = 7
FLAGS = ("--host-resolver-rules=MAP *.lan 127.0.0.1", "--autoplay-policy=no-user-gesture-required")
# How often a tab has begun a tune: its tones are made together.
COUNT_TUNES = """
window.tunes = 0;
window.OscillatorNode = class extends OscillatorNode {
  static playing = false;
  constructor(...given) {
    super(...given);
    if (window.OscillatorNode.playing) return;
    window.OscillatorNode.playing = true;
    window.tunes += 1;
    setTimeout(() => { window.OscillatorNode.playing = false; });
  }
};
"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with open_chromium(*FLAGS) as opened:
        yield opened


@pytest.fixture
def cable(shop: Shop) -> Iterator[Cable]:
    with laid_to(shop.box.url) as laid:
        yield laid


@pytest.fixture
def far(browsers: Browsers, cable: Cable) -> BrowserContext:
    """Signed in at the other end of the cable."""
    browsers.watch.forgive("outside: http://inbox.lan:", "blob:http://inbox.lan:", "Cross-Origin-Opener-Policy")
    browsers.watch.forgive("net::ERR_", "htmx:error")
    context = browsers.open_context(base_url=f"http://inbox.lan:{cable.port}")
    # By another name nothing of the desk is known to the browser yet: all of it is loaded.
    context.set_default_timeout(60_000)
    context.add_init_script(COUNT_TUNES)
    page = context.new_page()
    sign_in(page, OWNER)
    page.close()
    return context


def test_seven_tabs_on_plain_http_outlive_a_pulled_cable(shop: Shop, cable: Cable, far: BrowserContext) -> None:
    phone, ticket = open_ticket(shop, "Cora")
    tabs = open_tabs(far, ticket)
    *reading, _listing = tabs
    add_customer(shop, "Early").write("I came before")
    for desk in tabs:
        expect(desk.rows).to_contain_text("I came before")
    wait_until(lambda: tunes(tabs) == 1, "one sound in one tab")

    shop.sandbox.control.add_fault("bad_gateway", methods=["sendMessage"], chat_id=phone.chat_id, times=1000)
    expect(reading[0].reply("Queued before")).to_contain_text("We try again at")
    cable.pull()
    for desk in tabs:
        expect(desk.page.locator("#connection")).to_be_visible()
    reading[1].text.fill("Sent into the void")
    reading[1].text.press("Enter")
    expect(reading[1].page.locator("#composer-error")).to_contain_text("Your text is back in the field.")
    missed = [f"missed {number}" for number in range(1, 4)]
    for words in missed:
        phone.write(words)
    add_customer(shop, "Late").write("I came meanwhile")
    shop.sandbox.control.clear_faults()
    shop.settle()

    cable.plug_in()
    expect_all_news(tabs)
    for desk in reading:
        desk.expect_words(missed)
        desk.expect_state(desk.bubble("Queued before"), "sent")
    reading[1].text.press("Enter")
    for desk in reading:
        desk.expect_state(desk.bubble("Sent into the void"), "sent")
    said = [answer["text"] for answer in phone.answers()]
    assert [said.count(words) for words in ("Queued before", "Sent into the void")] == [1, 1]
    # What was missed may be told of once, by one tab; what was heard before is not played again.
    assert tunes(tabs) in (1, 2)
    for desk in tabs:
        desk.page.reload()
    expect_all_news(tabs)
    assert tunes(tabs) == 0


def open_tabs(far: BrowserContext, ticket: int) -> list[Desk]:
    """All of them at this ticket; the last one at the list alone."""
    *reading, listing = tabs = [Desk(far.new_page()) for _ in range(TABS)]
    for desk in reading:
        desk.open(ticket)
    listing.open_inbox("all")
    assert listing.page.evaluate("window.isSecureContext") is False
    return tabs


def expect_all_news(tabs: list[Desk]) -> None:
    for desk in tabs:
        expect(desk.page.locator("#connection")).to_be_hidden()
        expect(desk.rows).to_contain_text("I came meanwhile")


def tunes(tabs: list[Desk]) -> int:
    return sum(int(desk.page.evaluate("window.tunes")) for desk in tabs)
