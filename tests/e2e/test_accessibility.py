"""Pages that a screen reader can read and weak eyes can see, in both themes, on desk and phone, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # published without types
from playwright.sync_api import Page, expect

from tests.e2e.browsers import PHONE, Browsers
from tests.e2e.customers import open_ticket
from tests.e2e.samples import DOCUMENT, FILM, PHOTO, VOICE, path_of
from tests.e2e.staff import ANNA
from tests.harness.box import OWNER, Box
from tests.harness.shop import Shop

SCREENS: dict[str, dict[str, Any]] = {"desk": {}, "phone": PHONE}
THEMES = ("light", "dark")
looks = pytest.mark.parametrize(("screen", "theme"), [(screen, theme) for screen in SCREENS for theme in THEMES])


@looks
def test_the_desk_is_accessible(shop: Shop, browsers: Browsers, full_ticket: int, screen: str, theme: str) -> None:
    desk = browsers.open(ANNA, **SCREENS[screen], color_scheme=theme)
    desk.open_inbox("all")
    expect(desk.row(full_ticket)).to_be_visible()
    check(desk.page)
    desk.open(full_ticket)
    desk.show_map()
    check(desk.page)
    desk.choose("note")
    check(desk.page)


@looks
def test_menus_and_dialogs_are_accessible(
    shop: Shop, browsers: Browsers, full_ticket: int, screen: str, theme: str
) -> None:
    desk = browsers.open(OWNER, **SCREENS[screen], color_scheme=theme)
    desk.open(full_ticket)
    for menu in ("#ask-menu", "#add-menu", "#record-menu"):
        desk.page.locator(f"{menu} > summary").click()
        check(desk.page)
        desk.page.keyboard.press("Escape")
    desk.page.locator("[data-menu-of]").last.click()
    check(desk.page)
    desk.page.keyboard.press("Escape")
    for item in ("A place", "A contact", "Quick answers"):
        dialog = desk.press_to_add(item)
        dialog.locator("button[type=submit]").click()
        expect(dialog.locator("[aria-invalid=true]").first).to_be_focused()
        check(desk.page)
        desk.page.keyboard.press("Escape")
        expect(desk.page.locator("#add-menu > summary")).to_be_focused()


@looks
def test_what_goes_along_with_a_message_is_accessible(shop: Shop, browsers: Browsers, screen: str, theme: str) -> None:
    _phone, ticket = open_ticket(shop, "Alice")
    desk = browsers.open(OWNER, **SCREENS[screen], color_scheme=theme)
    desk.open(ticket)
    desk.attach([path_of(PHOTO), path_of(FILM), path_of(DOCUMENT)])
    desk.press_to_add("No link preview")
    check(desk.page)
    desk.page.locator("#all-as-files").check()
    bubble = desk.reply("Have a look")
    desk.expect_state(bubble, "sent")
    bubble.locator("[data-menu-of]").click()
    desk.page.get_by_role("menuitem", name="Edit").click()
    expect(desk.page.locator("#composer-editing")).to_be_visible()
    check(desk.page)
    desk.text.press("Escape")
    bubble.locator("[data-menu-of]").click()
    desk.page.get_by_role("menuitem", name="Delete").click()
    check(desk.page)
    desk.page.locator("#delete-message").click()
    expect(bubble).to_contain_text("deleted at the customer's end")
    check(desk.page)


@looks
def test_signing_in_is_accessible(browsers: Browsers, screen: str, theme: str) -> None:
    page = browsers.open_context(**SCREENS[screen], color_scheme=theme).new_page()
    browsers.watch.forgive("status of 422")
    page.goto("/login")
    check(page)
    page.locator("input[name=login]").fill("nobody")
    page.locator("input[name=password]").fill("not the password")
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("main [role=alert]")).to_be_visible()
    check(page)


@pytest.mark.parametrize("address", ["/settings/", "/status/", "/help/", "/me/"])
@pytest.mark.parametrize("theme", THEMES)
def test_the_pages_around_the_desk_are_accessible(browsers: Browsers, address: str, theme: str) -> None:
    page = browsers.open_context(OWNER, color_scheme=theme, locale="ru-RU").new_page()
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    check(page)


@looks
def test_the_wizard_is_accessible(browsers: Browsers, unclaimed: Box, screen: str, theme: str) -> None:
    page = browsers.open_context(base_url=unclaimed.url, **SCREENS[screen], color_scheme=theme).new_page()
    page.goto("/")
    expect(page.get_by_label("Setup code")).to_be_visible()
    check(page)
    page.get_by_label("Setup code").fill(unclaimed.command("setup-code").split()[-1])
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#company")).to_be_visible()
    check(page)


@pytest.fixture(scope="module")
def unclaimed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    box = Box(tmp_path_factory.mktemp("unclaimed"))
    try:
        box.start()
        yield box
    finally:
        box.stop()


@pytest.fixture(scope="module")
def full_ticket(running_shop: Shop) -> int:
    """A ticket with everything in it: media, a map, an answer, one that failed, a note."""
    phone, ticket = open_ticket(running_shop, "Alice")
    phone.send("photo", PHOTO, caption="It shows this")
    phone.send("video", FILM, duration=4, width=480, height=360)
    phone.send("voice", VOICE, duration=8)
    phone.send("document", DOCUMENT)
    phone.location(55.7558, 37.6173)
    with running_shop.hire() as staff:
        staff.reply(ticket, "We are looking into it")
        running_shop.settle()
        staff.do("note", ticket=ticket, text="An old model")
        phone.block()
        running_shop.settle()
        phone.unblock()
    running_shop.settle()
    return ticket


def check(page: Page) -> None:
    """No violation that axe calls serious or critical."""
    # Preloading, axe copies style sheets into inline styles, which the policy of the page refuses.
    found = Axe().run(page, options={"preload": False}).response["violations"]
    grave = [rule for rule in found if rule["impact"] in ("serious", "critical")]
    told = [f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}" for rule in grave for node in rule["nodes"]]
    assert told == []
