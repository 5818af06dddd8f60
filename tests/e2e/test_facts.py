"""What stands on a ticket is changed on its card, and nobody's typing is lost over it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsers import Browsers
from tests.e2e.chats import open_chat
from tests.e2e.staff import ANNA
from tests.harness.box import OWNER
from tests.harness.shop import Shop

AMOUNT = "Amount of the order"


@pytest.fixture
def amount(shop: Shop, browsers: Browsers) -> Iterator[None]:
    """A field of money, made in the settings; retired afterwards, for the shop is every test's."""
    page = browsers.open(OWNER).page
    page.goto("/settings/fields/")
    if page.locator(".rows-text b", has_text=AMOUNT).count():
        page.get_by_role("button", name=f"Use “{AMOUNT}” again").click()
    else:
        page.locator("summary", has_text="Add a field").first.click()
        page.locator("#ticket-name").fill(AMOUNT)
        page.locator("#ticket-kind").select_option("money")
        page.locator("form", has=page.locator("#ticket-name")).get_by_role("button", name="Add").click()
    expect(page.get_by_role("button", name=f"Retire “{AMOUNT}”")).to_be_visible()
    yield
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name=f"Retire “{AMOUNT}”").click()
    expect(page.get_by_role("button", name=f"Use “{AMOUNT}” again")).to_be_visible()


def card_field(page: Page, name: str) -> str:
    """The input that a label of the card belongs to."""
    return f"#{page.locator('#card label', has_text=name).get_attribute('for')}"


def test_a_field_is_saved_by_enter_and_left_by_escape(shop: Shop, browsers: Browsers, amount: None) -> None:
    desk, _phone = open_chat(shop, browsers)
    field = desk.page.locator(card_field(desk.page, AMOUNT))
    field.fill("4390")
    field.press("Enter")
    expect(field).to_have_value("4,390\u00a0₽")
    expect(field).to_be_focused()
    field.fill("5")
    field.press("Escape")
    expect(field).to_have_value("4,390\u00a0₽")
    browsers.watch.forgive("409 (CONFLICT)")
    field.fill("a lot")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(desk.page.locator("#card .field-error")).to_have_text(f"{AMOUNT}: please enter a number.")
    expect(field).to_have_value("a lot")
    field.fill("12")
    field.press("Enter")
    expect(desk.page.locator("#card .field-error")).to_have_count(0)
    expect(desk.log).to_contain_text(f"{AMOUNT}: 12\u00a0₽ (was: 4,390\u00a0₽)")


def test_tags_are_typed_taken_off_and_put_back(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    typed, tags = desk.page.locator("#fact-tags"), desk.page.locator("#card .fact-tag")
    typed.fill("refund")
    typed.press("Enter")
    expect(tags).to_have_text(["refund"])
    expect(typed).to_have_value("")
    typed.press_sequentially("vip")
    typed.press("Enter")
    expect(tags).to_have_text(["refund", "vip"])
    expect(desk.row(shop.tickets([phone])[phone.chat_id])).to_contain_text("vip")
    desk.page.get_by_role("button", name="Take off the tag “refund”").click()
    expect(tags).to_have_text(["vip"])
    desk.page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(tags).to_have_text(["refund", "vip"])


def test_what_a_colleague_changes_does_not_eat_what_is_typed(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    ticket = shop.tickets([phone])[phone.chat_id]
    anna = browsers.open(ANNA)
    anna.open(ticket)
    typed = desk.page.locator("#fact-tags")
    typed.press_sequentially("half a w")
    anna.page.locator("#fact-priority").select_option("4")
    expect(desk.page.locator("#fact-priority")).to_have_value("4")
    expect(typed).to_have_value("half a w")
    expect(typed).to_be_focused()
    typed.press_sequentially("ord")
    typed.press("Enter")
    expect(anna.page.locator("#card .fact-tag")).to_have_text(["half a word"])


def test_a_due_time_is_two_clicks_away(shop: Shop, browsers: Browsers) -> None:
    desk, _phone = open_chat(shop, browsers)
    due = desk.page.locator("#card-due-menu")
    due.locator("summary").click()
    due.get_by_role("button", name="Tomorrow").click()
    expect(due.locator("summary")).to_contain_text("18:00")
    due.locator("summary").click()
    due.locator("#due-moment").fill("2030-12-24T12:30")
    due.get_by_role("button", name="Set").click()
    expect(due.locator("summary")).to_contain_text("24 Dec, 12:30")
    due.locator("summary").click()
    due.get_by_role("button", name="Not at a certain time").click()
    expect(due.locator("summary")).to_have_text("none")
