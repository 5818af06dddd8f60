"""Colleagues see each other's work; one browser may have many tabs."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.browsers import Browsers
from tests.e2e.chats import open_chat
from tests.e2e.customers import open_ticket
from tests.e2e.desk import Desk
from tests.e2e.staff import ANNA, BORIS
from tests.harness.shop import Shop

TABS = 8


def test_colleagues_see_each_others_answers_and_takes(shop: Shop, browsers: Browsers) -> None:
    _phone, ticket = open_ticket(shop)
    anna, boris = browsers.open(ANNA), browsers.open(BORIS)
    for desk in (anna, boris):
        desk.open(ticket)
    anna.header.get_by_role("button", name="Take").click()
    expect(boris.header.locator(".assignee")).to_have_text("Anna")
    expect(boris.row(ticket).locator(".row-owner")).to_have_text("Anna")
    anna.reply("I am on it")
    expect(boris.bubble("I am on it")).to_contain_text("Anna Petrova")
    boris.expect_state(boris.bubble("I am on it"), "sent")
    boris.note("Good luck")
    expect(anna.bubble("Good luck")).to_contain_text("Boris Orlov")


def test_two_who_take_at_once_learn_who_was_first(shop: Shop, browsers: Browsers) -> None:
    browsers.watch.forgive("status of 409", "status of 422", "ERR_FAILED", "htmx:error")
    _phone, ticket = open_ticket(shop)
    anna, boris = browsers.open(ANNA), browsers.open(BORIS)
    for desk in (anna, boris):
        desk.open(ticket)
    boris.page.route("**/header", lambda route: route.abort())
    anna.header.get_by_role("button", name="Take").click()
    expect(anna.header.locator(".assignee")).to_have_text("You")
    boris.header.get_by_role("button", name="Take").click()
    expect(boris.page.locator("#alerts")).to_contain_text("Anna Petrova")


def test_a_guard_warns_before_a_colleagues_question_is_answered_to_the_customer(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    anna = browsers.open(ANNA)
    anna.open(shop.tickets([phone])[phone.chat_id])
    anna.note("What did we pay for it?")
    expect(desk.bubble("What did we pay for it?")).to_be_visible()
    desk.text.fill("40 for each")
    guard = desk.page.locator("#composer-guard")
    expect(guard).to_contain_text("This answer goes to the customer")
    guard.get_by_role("button", name="Make it a note").click()
    expect(desk.text).to_have_value("40 for each")
    desk.text.press("Enter")
    expect(desk.bubble("40 for each")).to_contain_text("only staff see it")
    assert len(phone.answers()) == 1


def test_eight_tabs_of_one_browser_are_all_alive(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop)
    context = browsers.open_context(ANNA)
    tabs = [Desk(context.new_page()) for _ in range(TABS)]
    for desk in tabs:
        desk.open(ticket)
    phone.write("Can all of you see this?")
    for desk in reversed(tabs):
        expect(desk.bubble("Can all of you see this?")).to_be_visible()
    tabs[-1].reply("All eight")
    for desk in tabs:
        desk.expect_state(desk.bubble("All eight"), "sent")
    tabs[0].open_inbox("all")
    expect(tabs[0].row(ticket)).to_be_visible()
