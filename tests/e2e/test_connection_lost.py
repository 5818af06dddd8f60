"""The cable is pulled, the web process dies: what was missed appears in order, and nothing written is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, StorageState, expect

from tests.e2e.browsers import Browsers
from tests.e2e.cable import Cable, laid_to
from tests.e2e.chats import open_chat
from tests.e2e.customers import add_customer, open_ticket
from tests.e2e.desk import Desk
from tests.e2e.staff import ANNA
from tests.harness.box import OWNER
from tests.harness.shop import Shop

BROKEN = ("net::ERR_", "htmx:error")


@pytest.fixture
def cable(shop: Shop) -> Iterator[Cable]:
    with laid_to(shop.box.url) as laid:
        yield laid


@pytest.fixture
def far_browsers(chromium: Browser, cable: Cable, signed_in: dict[str, StorageState]) -> Iterator[Browsers]:
    """Browsers at the other end of the cable."""
    opened = Browsers(chromium, cable.url, signed_in)
    opened.watch.forgive(*BROKEN)
    yield opened
    opened.close()
    assert opened.watch.complaints == []


def test_what_was_missed_behind_a_pulled_cable_appears_in_order(
    shop: Shop, cable: Cable, far_browsers: Browsers
) -> None:
    phone, ticket = open_ticket(shop)
    context = far_browsers.open_context(OWNER)
    first, second = Desk(context.new_page()), Desk(context.new_page())
    for desk in (first, second):
        desk.open(ticket)
    first.text.fill("Half an ans")
    cable.pull()
    banner = first.page.get_by_text("No connection to the box. Your drafts are kept.")
    expect(banner).to_be_visible()
    missed = [f"missed {number}" for number in range(1, 6)]
    for words in missed:
        phone.write(words)
    newcomer = add_customer(shop, "Nora")
    newcomer.write("I am new")
    shop.settle()
    cable.plug_in()
    expect(banner).to_be_hidden()
    for desk in (first, second):
        desk.expect_words(missed)
        expect(desk.row(shop.tickets([newcomer])[newcomer.chat_id])).to_contain_text("I am new")
    expect(first.text).to_have_value("Half an ans")
    first.expect_state(first.reply("A whole answer"), "sent")
    second.expect_state(second.bubble("A whole answer"), "sent")


def test_an_answer_sent_into_a_pulled_cable_comes_back_into_the_field(
    shop: Shop, cable: Cable, far_browsers: Browsers
) -> None:
    phone, ticket = open_ticket(shop)
    desk = far_browsers.open(ANNA)
    desk.open(ticket)
    cable.pull()
    desk.text.fill("Nobody hears this")
    desk.text.press("Enter")
    expect(desk.page.locator("#composer-error")).to_contain_text("Not sent. Your text is back in the field.")
    expect(desk.text).to_have_value("Nobody hears this")
    cable.plug_in()
    desk.text.press("Enter")
    desk.expect_state(desk.bubble("Nobody hears this"), "sent")
    assert [answer["text"] for answer in phone.answers()].count("Nobody hears this") == 1


def test_news_that_could_not_be_fetched_are_fetched_later(shop: Shop, browsers: Browsers) -> None:
    browsers.watch.forgive("ERR_FAILED", "htmx:error")
    desk, phone = open_chat(shop, browsers)
    for fragment in ("**/newer?*", "**/inbox/rows/*", "**/header"):
        desk.page.route(fragment, lambda route: route.abort(), times=1)
    phone.write("Nobody could fetch me at first")
    expect(desk.bubble("Nobody could fetch me at first")).to_be_visible()
    expect(desk.row(shop.tickets([phone])[phone.chat_id])).to_contain_text("Nobody could fetch me at first")


def test_a_web_process_that_dies_is_back_and_the_page_goes_on(shop: Shop, browsers: Browsers) -> None:
    browsers.watch.forgive(*BROKEN)
    desk, phone = open_chat(shop, browsers)
    shop.box.kill("web")
    missed = [f"while it was dead {number}" for number in range(1, 4)]
    for words in missed:
        phone.write(words)
    shop.box.wait_until_serving()
    desk.expect_words(missed)
    desk.expect_state(desk.reply("Alive"), "sent")
