"""Everything that matters can be done without a mouse."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.browsers import Browsers
from tests.e2e.chats import open_chat
from tests.e2e.customers import open_ticket
from tests.e2e.staff import ANNA
from tests.harness.shop import Shop

TOO_FAR = 60
FOCUSED = "selector => document.activeElement.matches(selector)"


def test_a_ticket_is_found_and_answered_with_the_keyboard_alone(shop: Shop, browsers: Browsers) -> None:
    _phone, ticket = open_ticket(shop, "Keyla")
    desk = browsers.open(ANNA)
    desk.open_inbox()
    tab_to(desk.page, f"#row-{ticket} a")
    desk.page.keyboard.press("Enter")
    expect(desk.bubble("Good morning")).to_be_visible()
    tab_to(desk.page, "#composer-text")
    desk.page.keyboard.type("Hello")
    desk.page.keyboard.press("Shift+Enter")
    desk.page.keyboard.type("Keyla")
    desk.page.keyboard.press("Enter")
    desk.expect_state(desk.bubble("Hello"), "sent")
    assert _phone.answers()[-1]["text"] == "Hello\nKeyla"


def test_a_skip_link_leads_straight_to_writing(shop: Shop, browsers: Browsers) -> None:
    desk, _phone = open_chat(shop, browsers)
    tab_to(desk.page, '.skip[href="#composer-text"]')
    desk.page.keyboard.press("Enter")
    expect(desk.text).to_be_focused()


def test_the_mode_changes_by_key_in_every_layout(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.text.focus()
    desk.page.keyboard.press("Control+Period")
    desk.page.keyboard.type("Among us")
    desk.page.keyboard.press("Control+Enter")
    expect(desk.bubble("Among us")).to_contain_text("only staff see it")
    # The Russian layout calls the same key ю.
    desk.text.dispatch_event("keydown", {"code": "Period", "key": "ю", "ctrlKey": True, "bubbles": True})
    expect(desk.composer).to_have_attribute("data-mode", "reply")
    assert len(phone.answers()) == 1


def test_a_menu_is_walked_with_arrows_and_left_with_escape(shop: Shop, browsers: Browsers) -> None:
    desk, _phone = open_chat(shop, browsers)
    desk.page.locator("#outcome-menu > summary").focus()
    desk.page.keyboard.press("Enter")
    items = desk.page.locator("#outcome-menu .menu-item")
    desk.page.keyboard.press("ArrowDown")
    expect(items.first).to_be_focused()
    desk.page.keyboard.press("ArrowUp")
    expect(items.last).to_be_focused()
    desk.page.keyboard.press("Escape")
    expect(items.first).to_be_hidden()
    expect(desk.page.locator("#outcome-menu > summary")).to_be_focused()


def test_news_do_not_take_the_focus_away(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    done = desk.page.locator("#finish")
    done.focus()
    phone.write("Look, the header changes")
    expect(desk.bubble("the header changes")).to_be_visible()
    phone.block()
    expect(desk.page.locator("#composer-notice")).to_contain_text("has blocked us")
    expect(done).to_be_focused()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until it is there, as often as somebody would bear."""
    for _ in range(TOO_FAR):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED, selector):
            return
    raise AssertionError(f"{selector} is not among the first {TOO_FAR} stops")
