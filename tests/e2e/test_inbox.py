"""Scenario 20, and what the list of tickets does for whoever works in it all day."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Page, expect

from tests.e2e.browsers import PHONE, Browsers
from tests.e2e.customers import open_ticket
from tests.harness.box import OWNER
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

CROWD = 312


def write(shop: Shop, number: int, words: str) -> Sequence[int]:
    """So many new customers with a ticket each. What the bot says to them may still be on its way."""
    before = shop.box.count("SELECT count(*) FROM ticket")
    phones = shop.add_customers(number)
    shop.write((phone, words) for phone in phones)
    wait_until(lambda: shop.box.count("SELECT count(*) FROM ticket") >= before + number, "their tickets", 120)
    return list(shop.tickets(phones).values())


def open_of(shop: Shop, tickets: Sequence[int]) -> int:
    marks = ",".join("?" * len(tickets))
    return shop.box.count(f"SELECT count(*) FROM ticket WHERE stage = 'open' AND id IN ({marks})", *tickets)


def choose_filter(page: Page, kind: str, choice: str, tab: str = "all") -> None:
    page.locator("#filter-button").click()
    form = page.locator("#filter-form")
    form.locator("select[name=tab]").select_option(tab)
    form.get_by_text(kind, exact=True).click()
    form.get_by_role("group", name=kind, exact=True).get_by_label(choice, exact=True).check()
    form.get_by_role("button", name="Show").click()
    expect(page.locator(".filter-chip")).to_contain_text(choice)


def test_312_tickets_of_a_filter_are_done_by_one_job_and_taken_back_by_one_undo(shop: Shop, browsers: Browsers) -> None:
    tickets = write(shop, CROWD, "An old matter")
    desk = browsers.open(OWNER)
    page = desk.page
    desk.open_inbox("unclaimed")
    expect(page.locator(".row-item").first).to_be_visible()
    page.locator("#select-several").click()
    page.locator(".row-check input").first.check()
    expect(page.locator("#bulk-count")).to_have_text("Selected: 1")
    page.locator("#bulk-all").click()
    whole = page.get_by_role("button", name="Select all", exact=False)
    expect(whole).to_contain_text("of this list")
    whole.click()
    expect(page.locator("#bulk-count")).to_contain_text("The whole list is selected")
    page.locator("#bulk-finish > summary").click()
    page.locator("#bulk-finish").get_by_role("button", name="No answer").click()
    progress = page.locator("#bulk-progress")
    expect(progress).to_contain_text("Done:")
    expect(progress.get_by_role("button", name="Undo", exact=True)).to_be_visible(timeout=60_000)
    assert open_of(shop, tickets) == 0
    progress.get_by_role("button", name="Undo", exact=True).click()
    expect(progress).to_contain_text("Taken back:", timeout=60_000)
    assert open_of(shop, tickets) == CROWD


def test_the_order_of_a_list_sticks(shop: Shop, browsers: Browsers) -> None:
    _, first = open_ticket(shop, "Klara")
    _, second = open_ticket(shop, "Ludwig")
    desk = browsers.open(OWNER)
    page = desk.page
    desk.open_inbox()
    page.locator("#sort-menu > summary").click()
    page.get_by_role("button", name="Newest message first").click()
    order = page.locator("#rows li[data-ticket]")
    expect(order.first).to_have_attribute("data-ticket", str(second))
    page.reload()
    expect(order.first).to_have_attribute("data-ticket", str(second))
    page.locator("#sort-menu > summary").click()
    page.get_by_role("button", name="Longest waiting first").click()
    expect(order.first).not_to_have_attribute("data-ticket", str(second))
    expect(desk.row(first)).to_have_count(1)


def test_a_filter_is_saved_as_a_view_with_its_count(shop: Shop, browsers: Browsers) -> None:
    _, mine = open_ticket(shop, "Martha")
    _, other = open_ticket(shop, "Norbert")
    desk = browsers.open(OWNER)
    page = desk.page
    desk.open(mine)
    page.locator("#take").click()
    expect(page.locator("#take")).to_have_count(0)
    desk.open_inbox("all")
    choose_filter(page, "Assignee", "me", "waiting")
    expect(desk.row(mine)).to_be_visible()
    expect(desk.row(other)).to_have_count(0)
    page.get_by_role("button", name="Save as a view").click()
    page.locator("#view-dialog input[name=name]").fill("On my desk")
    page.locator("#view-dialog").get_by_role("button", name="Save").click()
    view = page.locator("#nav .nav-link", has_text="On my desk")
    expect(view).to_have_attribute("aria-current", "page")
    expect(page.locator(".list-head h1")).to_have_text("On my desk")
    expect(view.locator("[data-number]")).not_to_have_text("0")
    expect(desk.row(mine)).to_be_visible()
    page.locator(".filter-chip").click()
    expect(desk.row(other)).to_be_visible()
    expect(page.get_by_role("button", name="Keep in this view")).to_be_visible()


def test_on_a_phone_tickets_are_chosen_by_a_button_that_is_always_there(shop: Shop, browsers: Browsers) -> None:
    _, ticket = open_ticket(shop, "Olga")
    desk = browsers.open(OWNER, **PHONE)
    page = desk.page
    desk.open_inbox("all")
    page.locator("#select-several").tap()
    desk.row(ticket).locator(".row-check").tap()
    page.locator("#bulk-more > summary").tap()
    page.locator("#bulk-more").get_by_role("button", name="To the trash").tap()
    expect(page.locator("#bulk-progress")).to_contain_text("To the trash: 1 ticket.")
    page.locator("#bulk-undo").tap()
    expect(page.locator("#bulk-progress")).to_contain_text("Taken back: 1 ticket.")
    expect(desk.row(ticket)).to_be_visible()


def test_the_list_stands_as_it_was_left(shop: Shop, browsers: Browsers) -> None:
    for name in ("Paula", "Quentin", "Rosa", "Stefan", "Tilda", "Ulrich", "Vera", "Walter", "Xenia", "Yuri"):
        open_ticket(shop, name)
    desk = browsers.open(OWNER, **PHONE)
    desk.open_inbox("all")
    rows = desk.rows
    rows.evaluate("rows => { rows.scrollTop = 240 }")
    desk.page.locator("#rows li[data-ticket]").nth(5).tap()
    expect(desk.text).to_be_visible()
    desk.page.locator(".chat-back").tap()
    expect(rows).to_be_visible()
    assert rows.evaluate("rows => rows.scrollTop") == 240
