"""What comes while a page is on its way, or is being put together, is shown as well."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from appliance_sandbox.control import Phone
from tests.e2e.browsers import Browsers
from tests.e2e.customers import open_ticket
from tests.e2e.desk import Desk
from tests.harness.box import OWNER
from tests.harness.shop import Shop

WORDS = "Written just then"


def write_while(page: Page, what: str, phone: Phone, told: Callable[[], object]) -> None:
    """The customer writes while the browser waits for the answer of address `what`; it has it once `told` returns."""

    def hold(route: Route) -> None:
        answer = route.fetch()
        phone.write(WORDS)
        told()
        route.fulfill(response=answer)

    page.route(what, hold, times=1)


def test_news_are_kept_for_scripts_that_come_late(shop: Shop, browsers: Browsers) -> None:
    """Another tab has heard of them already, so that this one is told at once, as soon as it asks."""
    phone, ticket = open_ticket(shop)
    context = browsers.open_context(OWNER)
    watching, desk = Desk(context.new_page()), Desk(context.new_page())
    watching.open(ticket)
    told = expect(watching.bubble(WORDS)).to_be_visible
    write_while(desk.page, "**/static/bundles/desk-*.js", phone, told)
    desk.open(ticket)
    expect(desk.bubble(WORDS)).to_be_visible()


def test_news_of_a_conversation_that_is_being_opened_are_shown_in_it(shop: Shop, browsers: Browsers) -> None:
    _other, first = open_ticket(shop, "Clara")
    phone, second = open_ticket(shop, "Viola")
    desk = browsers.open(OWNER)
    desk.open(first)
    told = expect(desk.row(second)).to_contain_text
    write_while(desk.page, f"**/t/{second}", phone, lambda: told(WORDS))
    desk.row(second).click()
    expect(desk.bubble(WORDS)).to_be_visible()
