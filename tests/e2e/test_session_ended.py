"""A session ends while somebody writes: they sign in over the page, and what was written is still there."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.browsers import Browsers
from tests.e2e.customers import open_ticket
from tests.e2e.staff import ANNA, BORIS
from tests.harness.box import PASSWORD
from tests.harness.shop import Shop


def test_one_signs_in_over_the_page_and_goes_on(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop, "Jutta")
    # A draft may just have been on its way, with the token of the session that is over; it is saved again.
    browsers.watch.forgive("401", "400")
    desk = browsers.open(ANNA)
    desk.open(ticket)
    desk.text.fill("Half an answer")
    desk.page.context.clear_cookies()
    desk.text.press("Enter")
    dialog = desk.page.locator("dialog.sign-in-dialog")
    expect(dialog).to_be_visible()
    expect(desk.text).to_have_value("Half an answer")
    dialog.locator("input[name=login]").fill(ANNA)
    dialog.locator("input[name=password]").fill(PASSWORD)
    dialog.locator("input[name=password]").press("Enter")
    expect(dialog).to_have_count(0)
    desk.text.press("Enter")
    desk.expect_state(desk.bubble("Half an answer"), "sent")
    assert phone.answers()[-1]["text"] == "Half an answer"


def test_who_signs_in_instead_does_not_get_the_words(shop: Shop, browsers: Browsers) -> None:
    _phone, ticket = open_ticket(shop, "Karla")
    # Before the page is loaded anew, what it asks still carries the token of who was here.
    browsers.watch.forgive("401", "400")
    desk = browsers.open(ANNA)
    desk.open(ticket)
    desk.page.context.clear_cookies()
    desk.text.fill("Anna's half an answer")
    dialog = desk.page.locator("dialog.sign-in-dialog")
    dialog.locator("input[name=login]").fill(BORIS)
    dialog.locator("input[name=password]").fill(PASSWORD)
    dialog.locator("input[name=password]").press("Enter")
    expect(dialog).to_have_count(0)
    expect(desk.text).to_have_value("")
    assert shop.box.count("SELECT count(*) FROM draft WHERE ticket_id = ? AND text <> ''", ticket) == 0
