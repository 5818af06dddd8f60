"""Whatever opens over the desk (menus, dialogs, bars) can be seen and heard, keeps the focus, and gives it back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import check, faults
from tests.e2e.browsers import Browsers
from tests.e2e.customers import open_ticket
from tests.e2e.desk import Desk
from tests.e2e.looks import LOOKS
from tests.e2e.samples import DOCUMENT, FILM, PHOTO, path_of
from tests.harness.box import OWNER
from tests.harness.shop import Shop

looks = pytest.mark.parametrize("look", LOOKS)
OPEN = "dialog[open]"
FILLED = ":is(form, h2, [role=listbox])"
# From these an item opens a dialog: the menu is gone by then, the focus goes back to its button.
OF_THE_HEADER = ("[data-hands-over]", '[data-arrange*="merge"]', '[data-arrange*="links"]', "[data-opens=trash-dialog]")
OF_THE_COMPOSER = ("place", "contact", "answers")
FOCUS_IS_IN = "selector => document.querySelector(selector).contains(document.activeElement)"


@looks
def test_what_opens_over_a_conversation_is_accessible(shop: Shop, browsers: Browsers, look: str) -> None:
    desk, _ticket = open_desk(shop, browsers, look)
    page = desk.page
    found: list[str] = []
    for name in windows(desk):
        found += [f"{name}: {fault}" for fault in faults(page)]
    assert found == []


@looks
def test_what_opens_over_the_list_is_accessible(shop: Shop, browsers: Browsers, look: str) -> None:
    desk, ticket = open_desk(shop, browsers, look)
    desk.open_inbox("all")
    page = desk.page
    expect(desk.row(ticket)).to_be_visible()
    found: list[str] = []
    for name in windows_of_the_list(desk, ticket):
        found += [f"{name}: {fault}" for fault in faults(page)]
    assert found == []


@looks
def test_what_goes_along_with_a_message_is_accessible(shop: Shop, browsers: Browsers, look: str) -> None:
    desk, _ticket = open_desk(shop, browsers, look)
    desk.attach([path_of(PHOTO), path_of(FILM), path_of(DOCUMENT)])
    desk.page.locator("#add-menu > summary").click()
    desk.page.locator("#no-preview").click()
    check(desk.page)
    desk.page.locator("#all-as-files").check()
    bubble = desk.reply("Have a look")
    desk.expect_state(bubble, "sent")
    press(desk, bubble, "edit")
    expect(desk.page.locator("#composer-editing")).to_be_visible()
    check(desk.page)
    desk.text.press("Escape")
    press(desk, bubble, "delete")
    check(desk.page)
    desk.page.locator("#delete-message").click()
    expect(bubble).to_have_class(re.compile("message-deleted"))
    check(desk.page)


def test_dialogs_keep_the_focus_and_give_it_back(shop: Shop, browsers: Browsers) -> None:
    desk, _ticket = open_desk(shop, browsers, "desk-light-en")
    page = desk.page
    summary = page.locator("#more-menu > summary")
    for item in OF_THE_HEADER:
        open_with_keys(page, summary, page.locator(f"#more-menu {item}"))
        keeps_and_gives_back(page, summary)
    adding = page.locator("#add-menu > summary")
    for name in OF_THE_COMPOSER:
        open_with_keys(page, adding, page.locator(f"#add-menu [data-opens={name}-dialog]"))
        keeps_and_gives_back(page, adding)
    for keys, before in (("Control+k", desk.text), ("Control+/", desk.text)):
        before.focus()
        page.keyboard.press(keys)
        keeps_and_gives_back(page, before)


def test_escape_never_discards_what_was_written(shop: Shop, browsers: Browsers) -> None:
    desk, _ticket = open_desk(shop, browsers, "desk-light-en")
    page = desk.page
    desk.text.fill("Half an answer")
    for _ in range(3):
        page.keyboard.press("Escape")
    desk.text.focus()
    page.keyboard.press("Control+/")
    expect(page.locator(OPEN)).to_be_visible()
    page.keyboard.press("Escape")
    expect(desk.text).to_have_value("Half an answer")
    handing = page.locator("#more-menu [data-hands-over]")
    open_with_keys(page, page.locator("#more-menu > summary"), handing)
    page.locator("#handover-note").fill("She has moved")
    page.locator("#handover-note").press("Escape")
    expect(page.locator("#handover-note")).to_have_value("She has moved")
    expect(page.locator(f"{OPEN} [data-closes]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(OPEN)).to_have_count(0)
    expect(desk.text).to_have_value("Half an answer")
    page.reload()
    expect(desk.text).to_have_value("Half an answer")


def windows(desk: Desk) -> Iterator[str]:
    """Opens one after the other and names it; closes it when the next is asked for."""
    page = desk.page
    yield from menus(page, "#ask-menu", "#add-menu", "#record-menu", "#more-menu")
    for item in OF_THE_HEADER:
        yield from dialog(page, lambda item=item: choose(page, "#more-menu", item), item)
    for name in OF_THE_COMPOSER:
        yield from refused(page, lambda name=name: choose(page, "#add-menu", f"[data-opens={name}-dialog]"), name)
    yield from dialog(page, page.locator("#open-replies").click, "saved replies")
    yield from dialog(page, lambda: page.keyboard.press("Control+k"), "palette")
    page.locator("#log").focus()
    yield from dialog(page, lambda: page.keyboard.press("Shift+Slash"), "keys")
    question = desk.bubble("My kettle leaks")
    yield from dialog(page, lambda: press(desk, question, "subtask"), "subtask")
    page.locator("#finish").click()
    yield from dialog(page, lambda: None, "open subtasks")
    press(desk, question, "select")
    expect(page.locator("#selection")).to_be_visible()
    yield "selection"
    yield from dialog(page, page.locator("[data-selected=move]").click, "move")
    page.locator("[data-selected=cancel]").click()
    desk.choose("note")
    yield "note"
    desk.log.locator(".day button").first.click()
    expect(page.locator("#date-jump")).to_be_visible()
    yield "date"


def windows_of_the_list(desk: Desk, ticket: int) -> Iterator[str]:
    page = desk.page
    yield from menus(page, "#sort-menu", "#lists-menu")
    yield from dialog(page, page.locator("#filter-button").click, "filter", "#filter-form")
    bell, more = page.locator("#bell"), page.locator(".bottom-more > summary")
    if bell.is_visible():
        bell.click()
        expect(page.locator("#bell-list")).to_be_visible()
        yield "bell"
        page.keyboard.press("Escape")
        yield from menus(page, "#own-menu")
    else:
        more.click()
        yield "more"
        page.keyboard.press("Escape")
    page.locator("#select-several").click()
    desk.row(ticket).locator(".row-check input").check()
    expect(page.locator("#bulk-bar")).to_be_visible()
    yield "chosen tickets"
    yield from menus(page, "#bulk-finish", "#bulk-assign", "#bulk-more")


def menus(page: Page, *names: str) -> Iterator[str]:
    for name in names:
        page.locator(f"{name} > summary").click()
        expect(page.locator(f"{name} .menu-items")).to_be_visible()
        yield name
        page.keyboard.press("Escape")
        expect(page.locator(f"{name} .menu-items")).to_be_hidden()


def dialog(page: Page, show: Callable[[], object], name: str, filled: str = FILLED) -> Iterator[str]:
    """Shown, with what is fetched for it."""
    show()
    expect(page.locator(f"{OPEN} {filled}").first).to_be_visible()
    yield name
    page.keyboard.press("Escape")
    expect(page.locator(OPEN)).to_have_count(0)


def refused(page: Page, show: Callable[[], object], name: str) -> Iterator[str]:
    """Sent while it is empty: it says what is missing."""
    show()
    page.locator(f"{OPEN} button[type=submit]").click()
    expect(page.locator(f"{OPEN} [aria-invalid=true]").first).to_be_focused()
    yield f"{name} refused"
    page.keyboard.press("Escape")
    expect(page.locator(OPEN)).to_have_count(0)


def choose(page: Page, menu: str, item: str) -> None:
    page.locator(f"{menu} > summary").click()
    page.locator(f"{menu} {item}").click()


def press(desk: Desk, bubble: Locator, what: str) -> None:
    """In the bubble's menu, whatever the language."""
    bubble.hover()
    bubble.locator("[data-menu-of]").click()
    desk.page.locator(f"#bubble-menu [data-do={what}]").click()


def open_with_keys(page: Page, summary: Locator, item: Locator) -> None:
    summary.focus()
    page.keyboard.press("Enter")
    item.focus()
    page.keyboard.press("Enter")
    expect(page.locator(OPEN)).to_be_visible()


def keeps_and_gives_back(page: Page, before: Locator) -> None:
    """Tab goes round in it; Escape closes it, and the focus is where it was."""
    expect(page.locator(OPEN)).to_be_visible()
    for _ in range(page.locator(f"{OPEN} :is(a, button, input, select, textarea)").count() + 2):
        page.keyboard.press("Tab")
        # Between its last place and its first one, the browser's own bar may have it.
        assert page.evaluate(FOCUS_IS_IN, OPEN) or page.evaluate("document.activeElement === document.body")
    page.keyboard.press("Escape")
    expect(page.locator(OPEN)).to_have_count(0)
    expect(before).to_be_focused()


def open_desk(shop: Shop, browsers: Browsers, look: str) -> tuple[Desk, int]:
    """At a ticket with an open subtask."""
    _phone, ticket = open_ticket(shop, "Alice", "My kettle leaks")
    with shop.hire() as staff:
        staff.do("subtask", ticket=ticket, what="Ask the maker")
    desk = browsers.open(OWNER, **LOOKS[look])
    desk.open(ticket)
    return desk, ticket
