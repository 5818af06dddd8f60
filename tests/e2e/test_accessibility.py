"""Pages that a screen reader can read and weak eyes can see, as they are after some weeks of work: on desk and phone,
light and dark, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, StorageState, expect

from tests.e2e.axe import check, faults
from tests.e2e.browsers import PHONE, Browsers
from tests.e2e.customers import open_ticket
from tests.e2e.desk import Desk
from tests.e2e.looks import LOOKS
from tests.e2e.samples import DOCUMENT, FILM, PHOTO, VOICE
from tests.e2e.staff import hire
from tests.harness.box import OWNER, Box
from tests.harness.shop import Shop, open_shop

looks = pytest.mark.parametrize("look", LOOKS)
DESK = (
    "/inbox?tab=all",
    "/inbox?tab=all&tag=refund",
    "/inbox?view={view}",
    "/inbox?tab=trash",
    "/inbox?tab=mentions",
    "/inbox?tab=mine",
    "/inbox?tab=snoozed",
    "/t/{ticket}",
    "/t/{subtask}",
    "/t/{ticket}/files",
    "/search",
    "/search?q=kettle",
    "/views/",
)
AROUND = (
    "/customers",
    "/customers/{contact}",
    "/customers/{contact}/merge",
    "/customers/{contact}/erase",
    "/customers/{contact}/export",
    "/organisations/",
    "/organisations/1",
    "/new",
    "/notices/",
    "/today",
    "/me/",
    "/maps/couriers",
    "/help/",
    "/nonsense",
)
SETTINGS = (
    "/settings/company",
    "/settings/connections/",
    "/settings/connections/1",
    "/settings/connections/new",
    "/settings/staff/",
    "/settings/staff/2/leave",
    "/settings/teams/",
    "/settings/templates/",
    "/settings/templates/tickets/new",
    "/settings/templates/tickets/{ticket_template}",
    "/settings/templates/customers/{contact_template}",
    "/settings/fields/",
)
BOX = (
    "/settings/saved-replies/",
    "/settings/ways-in/",
    "/settings/plugins/",
    "/settings/plugins/telegram",
    "/settings/plugins/maps",
    "/settings/plugins/sandbox",
    "/settings/journal/",
    "/status/",
    "/status/disk",
    "/status/files",
)
PAGES = {"desk": DESK, "around": AROUND, "settings": SETTINGS, "box": BOX}
LINKS = "() => [...document.querySelectorAll('nav a[href^=\"/\"]')].map((link) => link.pathname)"


@looks
@pytest.mark.parametrize("pages", PAGES)
def test_every_page_is_accessible(
    shop: Shop, browsers: Browsers, furniture: Mapping[str, Any], look: str, pages: str
) -> None:
    browsers.watch.forgive("status of 404")
    page = browsers.open_context(OWNER, **LOOKS[look]).new_page()
    found: list[str] = []
    for address in PAGES[pages]:
        show(page, address.format(**furniture))
        found += [f"{address} {fault}" for fault in faults(page)]
    assert found == []


def test_no_page_that_a_menu_leads_to_is_left_out(browsers: Browsers, furniture: Mapping[str, Any]) -> None:
    page = browsers.open_context(OWNER).new_page()
    linked: set[str] = set()
    for address in ("/inbox", "/settings/company", "/status/"):
        show(page, address)
        linked |= set(page.evaluate(LINKS))
    known = {urlsplit(address.format(**furniture)).path for pages in PAGES.values() for address in pages}
    assert linked - known - {"/", "/inbox", "/settings/", "/help/en/"} == set()


@looks
def test_pages_for_strangers_are_accessible(browsers: Browsers, furniture: Mapping[str, Any], look: str) -> None:
    browsers.watch.forgive("status of 422", "status of 410")
    page = browsers.open_context(**LOOKS[look]).new_page()
    for address in (f"/welcome/{furniture['code']}", "/welcome/nonsense", "/login"):
        show(page, address)
        check(page, address)
    page.locator("input[name=login]").fill("nobody")
    page.locator("input[name=password]").fill("not the password")
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("main [role=alert]")).to_be_visible()
    check(page)


@looks
def test_the_wizard_is_accessible(browsers: Browsers, unclaimed: Box, look: str) -> None:
    page = browsers.open_context(base_url=unclaimed.url, **LOOKS[look]).new_page()
    show(page, "/")
    check(page)
    page.locator("input[name=code]").fill(unclaimed.command("setup-code").split()[-1])
    page.locator("input[name=code]").press("Enter")
    expect(page.locator("#company")).to_be_visible()
    check(page)


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["desk", "phone"])
def test_nothing_is_cut_off_when_letters_are_twice_as_large(
    browsers: Browsers, furniture: Mapping[str, Any], screen: dict[str, Any]
) -> None:
    """What somebody with weak eyes makes of a window: half as wide for everything in it, down to 320 px."""
    page = browsers.open_context(OWNER, **{**screen, "viewport": {"width": 320, "height": 640}}).new_page()
    wide = []
    for address in ("/inbox?tab=all", "/t/{ticket}", "/customers/{contact}", "/settings/staff/", "/today", "/me/"):
        show(page, address.format(**furniture))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)
    assert wide == []


def show(page: Page, address: str) -> None:
    """The page, once it stands."""
    page.goto(address)
    # On a phone the list stands alone, its conversation is a page further.
    expect(page.locator("main:visible, #list:visible").first).to_be_visible()
    if page.locator("#log").count():
        expect(page.locator("#log")).to_have_attribute("aria-busy", "false")
    if page.locator("#log .part-location").count():
        Desk(page).show_map()


@pytest.fixture(scope="module")
def running_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """One of its own: what stands on every page would stand in the way of other tests."""
    with open_shop(tmp_path_factory.mktemp("furnished")) as opened:
        hire(opened.box)
        yield opened


@pytest.fixture(scope="module")
def signed_in() -> dict[str, StorageState]:
    return {}


@pytest.fixture
def clear_desk() -> None:
    """Nothing of it is finished."""


@pytest.fixture(scope="module")
def furniture(running_shop: Shop) -> Mapping[str, Any]:
    """A ticket with everything in it: media, a map, an answer, a note, a subtask; and all that has an address."""
    phone, ticket = open_ticket(running_shop, "Alice", "My kettle leaks")
    phone.send("photo", PHOTO, caption="It shows this")
    phone.album([("photo", PHOTO, "Both tills"), ("photo", PHOTO, "")])
    phone.send("video", FILM, duration=4, width=480, height=360)
    phone.send("voice", VOICE, duration=8)
    phone.send("document", DOCUMENT)
    phone.location(55.7558, 37.6173)
    contact = running_shop.box.read("SELECT contact_id FROM ticket WHERE id = ?", ticket)[0]["contact_id"]
    with running_shop.hire() as staff:
        furniture = staff.do("furnish", ticket=ticket, contact=contact)
        staff.reply(ticket, "We are looking into it")
        running_shop.settle()
        staff.do("note", ticket=ticket, text="An old model")
        phone.block()
        running_shop.settle()
        phone.unblock()
    running_shop.settle()
    return {**furniture, "ticket": ticket, "contact": contact}


@pytest.fixture(scope="module")
def unclaimed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    box = Box(tmp_path_factory.mktemp("unclaimed"))
    try:
        box.start()
        yield box
    finally:
        box.stop()
