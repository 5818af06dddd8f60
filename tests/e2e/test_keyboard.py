"""Everything that matters can be done without a mouse."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.e2e.browsers import Browsers
from tests.e2e.chats import open_chat
from tests.e2e.customers import open_ticket
from tests.e2e.staff import ANNA
from tests.harness.shop import Shop

TOO_FAR = 60
FOCUSED = "selector => document.activeElement.matches(selector)"
# What has the focus now, if nobody could see that: without a ring around it or whatever stands for it, or covered.
UNSEEN = """() => {
  let focused = document.activeElement;
  while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  if (focused === document.body) return null;
  // A file is chosen by the label around a field that is not to be seen.
  const chosen = focused.matches(".hidden, [type=checkbox], [type=radio]");
  const shown = (chosen && focused.closest("label")) || focused;
  const ringed = [focused, shown, shown.closest("form, .segments, .row-item")].filter(Boolean).some((element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  });
  const { left, right, top, bottom } = shown.getBoundingClientRect();
  const root = shown.getRootNode();
  const uncovered = [0.5, 0.1, 0.9].some((down) => [0.5, 0.1, 0.9].some((across) => {
    const hit = root.elementFromPoint(left + (right - left) * across, top + (bottom - top) * down);
    return hit && (shown.contains(hit) || hit.contains(shown) && hit.matches("label, a, button"));
  }));
  const name = (shown.getAttribute("aria-label") || shown.textContent).trim().slice(0, 60);
  if (ringed && uncovered) return null;
  return `${ringed ? "covered" : "no ring"}: ${shown.tagName} ${shown.id} ${shown.className} ${name}`;
}"""


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


def test_a_day_is_worked_through_by_keys_alone(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop, "Keanu")
    desk = browsers.open(ANNA)
    desk.open_inbox("all")
    page = desk.page
    # The latest word stands first.
    page.keyboard.press("j")
    expect(desk.row(ticket).locator(".row")).to_be_focused()
    page.keyboard.press("Enter")
    expect(desk.bubble("Good morning")).to_be_visible()
    expect(page.locator("#log")).to_have_attribute("aria-busy", "false")
    page.keyboard.press("r")
    expect(desk.text).to_be_focused()
    page.keyboard.type("It is on its way")
    page.keyboard.press("Enter")
    desk.expect_state(desk.bubble("It is on its way"), "sent")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(desk.ticket_state).to_contain_text("Solved")
    assert phone.answers()[-1]["text"] == "It is on its way"


def test_the_focus_is_always_seen(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop, "Fokka")
    shop.write((phone, f"line {number}\nand what belongs to it") for number in range(30))
    shop.settle()
    desk = browsers.open(ANNA)
    desk.open(ticket)
    page = desk.page
    expect(desk.bubble("line 29")).to_be_visible()
    unseen = set(walk(page, "Tab"))
    desk.text.focus()
    unseen |= set(walk(page, "Shift+Tab"))
    assert unseen == set()


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


def walk(page: Page, key: str) -> Iterator[str]:
    """Where the focus went and could not be seen."""
    for _ in range(TOO_FAR):
        page.keyboard.press(key)
        if told := page.evaluate(UNSEEN):
            yield str(told)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until it is there, as often as somebody would bear."""
    for _ in range(TOO_FAR):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED, selector):
            return
    raise AssertionError(f"{selector} is not among the first {TOO_FAR} stops")
