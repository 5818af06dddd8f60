"""Keys act on every layout and never while somebody writes; one box finds everything; commands have names."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.browsers import Browsers
from tests.e2e.chats import open_chat
from tests.e2e.customers import open_ticket
from tests.e2e.staff import ANNA
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

INDEXED = "SELECT count(*) AS count FROM search_entry WHERE ticket_id = :ticket AND kind = 'message'"


def press_russian(page: Page, code: str, letter: str) -> None:
    """What a keyboard on the Russian layout tells the page: the key's place is Latin, its letter is not."""
    page.evaluate(
        """([code, key]) => (document.activeElement ?? document.body).dispatchEvent(
             new KeyboardEvent("keydown", { code, key, bubbles: true, cancelable: true }))""",
        [code, letter],
    )


def until_indexed(shop: Shop, ticket: int) -> None:
    statement = INDEXED.replace(":ticket", str(ticket))
    wait_until(lambda: shop.box.read(statement)[0]["count"], "the message's words in the index")


def test_a_key_of_the_russian_layout_finishes_and_ten_seconds_undo(shop: Shop, browsers: Browsers) -> None:
    desk, _phone = open_chat(shop, browsers)
    desk.text.focus()
    press_russian(desk.page, "KeyE", "у")
    desk.page.keyboard.type("у")
    expect(desk.text).to_have_value("у")
    expect(desk.page.locator("#finish")).to_be_visible()
    desk.text.fill("")
    desk.page.keyboard.press("Escape")
    expect(desk.text).not_to_be_focused()
    desk.page.clock.install()
    press_russian(desk.page, "KeyE", "у")
    expect(desk.page.locator("#reopen")).to_be_visible()
    undo = desk.page.locator("#toasts button")
    expect(undo).to_be_visible()
    # Ordinary lines are gone by then.
    desk.page.clock.fast_forward(6_500)
    undo.click()
    expect(desk.page.locator("#finish")).to_be_visible()


def test_the_list_is_walked_and_a_ticket_answered_by_keys(shop: Shop, browsers: Browsers) -> None:
    _first, one = open_ticket(shop, "Keya")
    _second, two = open_ticket(shop, "Keyb")
    desk = browsers.open(ANNA)
    desk.open_inbox("all")
    expect(desk.row(two)).to_be_visible()
    # The latest word stands first.
    desk.page.keyboard.press("j")
    expect(desk.row(two).locator(".row")).to_be_focused()
    desk.page.keyboard.press("j")
    expect(desk.row(one).locator(".row")).to_be_focused()
    desk.page.keyboard.press("Enter")
    expect(desk.page).to_have_url(re.compile(f"/t/{one}"))
    expect(desk.page.locator("#log")).to_have_attribute("aria-busy", "false")
    desk.page.keyboard.press("n")
    expect(desk.composer).to_have_attribute("data-mode", "note")
    expect(desk.text).to_be_focused()
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("r")
    expect(desk.composer).to_have_attribute("data-mode", "reply")
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("Alt+ArrowUp")
    expect(desk.page).to_have_url(re.compile(f"/t/{two}"))
    desk.page.keyboard.press("g")
    desk.page.keyboard.press("m")
    expect(desk.page).to_have_url(re.compile("tab=mine"))


def test_the_overlay_and_the_palette_come_from_one_table(shop: Shop, browsers: Browsers) -> None:
    _phone, ticket = open_ticket(shop, "Paletta")
    until_indexed(shop, ticket)
    desk = browsers.open(ANNA)
    desk.open(ticket)
    desk.page.keyboard.press("Shift+Slash")
    expect(desk.page.locator("#keys-dialog")).to_be_visible()
    keys = desk.page.locator("#keys-dialog")
    expect(keys).to_contain_text("Done, and open the next")
    desk.page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    desk.page.keyboard.press("Control+k")
    box = desk.page.locator("#palette-box")
    expect(box).to_be_focused()
    # "done" as it comes out on the Russian layout.
    box.fill("вщту")
    chosen = desk.page.locator('#palette-list [aria-selected="true"]')
    expect(chosen).to_have_attribute("data-command", "done")
    expect(box).to_have_attribute("aria-activedescendant", "palette-do-done")
    box.fill("Paletta")
    expect(desk.page.locator("#palette-hits").get_by_role("option").first).to_contain_text("Paletta")
    box.fill("dark")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("html")).to_have_attribute("data-theme", "dark")
    desk.page.reload()
    expect(desk.page.locator("html")).to_have_attribute("data-theme", "dark")
    desk.page.keyboard.press("Control+k")
    box.fill("as the device")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("html")).to_have_attribute("data-theme", "auto")


def test_words_are_found_in_every_form_and_the_hit_is_jumped_to(shop: Shop, browsers: Browsers) -> None:
    _phone, ticket = open_ticket(shop, "Searcha", "Ещё одна кофемолка сломалась")
    until_indexed(shop, ticket)
    desk = browsers.open(ANNA)
    desk.open_inbox()
    desk.page.keyboard.press("/")
    box = desk.page.locator("#search-box")
    expect(box).to_be_focused()
    desk.page.keyboard.type("еще кофемолки")
    hit = desk.page.locator(f'.hit-link[href^="/t/{ticket}#m"]').first
    expect(hit.locator("mark").first).to_have_text("Ещё")
    expect(desk.page.locator("#search-told")).to_contain_text("found")
    hit.click()
    expect(desk.bubble("кофемолка")).to_be_focused()


def test_the_wrong_layout_is_offered_the_other_way_round(shop: Shop, browsers: Browsers) -> None:
    _phone, ticket = open_ticket(shop, "Layouta", "Пылесос не включается")
    until_indexed(shop, ticket)
    desk = browsers.open(ANNA)
    desk.page.goto("/search")
    desk.page.locator("#search-box").press_sequentially("gsktcjc")
    instead = desk.page.locator("[data-instead]")
    expect(instead).to_contain_text("пылесос")
    instead.click()
    expect(desk.page.locator(f'.hit-link[href^="/t/{ticket}#m"]').first).to_be_visible()
