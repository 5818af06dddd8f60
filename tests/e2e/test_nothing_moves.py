"""News never move what somebody reads or is about to press."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.e2e.browsers import Browsers
from tests.e2e.chats import open_chat
from tests.e2e.customers import open_ticket
from tests.harness.box import OWNER
from tests.harness.shop import Shop


def distance_to_end(log: Locator) -> float:
    return float(log.evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight"))


def test_who_reads_above_stays_there_and_is_told_of_news(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    for number in range(40):
        phone.write(f"line {number}")
    expect(desk.bubble("line 39")).to_be_visible()
    log = desk.page.locator("#log")
    assert distance_to_end(log) < 2
    log.evaluate("log => { log.scrollTop = 100 }")
    phone.write("one more")
    pill = desk.page.locator("#new-messages")
    expect(pill).to_have_text("1 new")
    assert log.evaluate("log => log.scrollTop") == 100
    pill.click()
    expect(desk.bubble("one more")).to_be_in_viewport()
    expect(pill).to_be_hidden()


def test_older_messages_leave_the_reader_where_they_were(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop, "Irene")
    # More than are loaded at once, though nobody has read them.
    shop.write((phone, f"word {number}.") for number in range(230))
    shop.settle()
    desk = browsers.open(OWNER)
    desk.open(ticket)
    desk.page.locator("#log").evaluate("log => { log.scrollTop = 0 }")
    top_bubble = desk.page.locator(f"#{desk.bubbles.first.get_attribute('id')}")
    before = top_bubble.bounding_box()
    desk.page.locator("#load-older").click()
    expect(desk.bubble("Good morning")).to_have_count(1)
    after = top_bubble.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) < 3


def test_a_new_row_waits_while_somebody_points_at_the_list(shop: Shop, browsers: Browsers) -> None:
    _, first = open_ticket(shop, "Hanna")
    desk = browsers.open(OWNER)
    desk.open_inbox("all")
    desk.row(first).hover()
    _, second = open_ticket(shop, "Gregor")
    expect(desk.page.locator("#new-rows")).to_have_text("1 new")
    expect(desk.row(second)).to_have_count(0)
    desk.page.mouse.move(900, 500)
    expect(desk.row(second)).to_be_visible()
    expect(desk.page.locator("#new-rows")).to_be_hidden()


def test_an_open_menu_survives_news(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.page.locator("#snooze-menu > summary").click()
    phone.write("hello again")
    expect(desk.bubble("hello again")).to_be_visible()
    expect(desk.page.locator("#snooze-menu .menu-item").first).to_be_visible()
