"""On a phone of 390 px: one pane at a time, nothing too wide, nothing too small for a thumb."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.browsers import PHONE, Browsers
from tests.e2e.customers import open_ticket
from tests.e2e.samples import FILM, PHOTO, VOICE, path_of
from tests.e2e.staff import ANNA
from tests.harness.shop import Shop

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What can be pressed and is seen, but is smaller than a thumb; links within a sentence may be.
TOO_SMALL = """() => [...document.querySelectorAll("button, summary, input, select, .button, .tab, .bottom-link, .row")]
  .filter((target) => target.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .filter((target) => !target.closest(".hidden") && !target.matches(".hidden, .link-button"))
  .map((target) => ({ target, frame: target.getBoundingClientRect() }))
  .filter(({ frame }) => frame.width > 0 && (frame.width < 24 || frame.height < 24))
  .map(({ target, frame }) => `${target.outerHTML.slice(0, 120)} ${frame.width}×${frame.height}`)"""


def test_one_pane_at_a_time_with_a_way_back(shop: Shop, browsers: Browsers) -> None:
    _phone, ticket = open_ticket(shop, "Phoebe")
    desk = browsers.open(ANNA, **PHONE)
    desk.open_inbox()
    bar = desk.page.locator(".bottom-bar")
    expect(bar).to_be_visible()
    expect(desk.page.locator(".nav")).to_be_hidden()
    expect(desk.log).to_be_hidden()
    desk.row(ticket).tap()
    expect(desk.bubble("Good morning")).to_be_visible()
    expect(desk.rows).to_be_hidden()
    expect(desk.page.locator("#card")).to_be_hidden()
    desk.page.get_by_role("link", name="Back to the list").tap()
    expect(desk.row(ticket)).to_be_visible()
    expect(desk.log).to_be_hidden()
    desk.page.go_back()
    expect(desk.bubble("Good morning")).to_be_visible()


def test_the_card_opens_over_the_chat_and_closes(shop: Shop, browsers: Browsers) -> None:
    _phone, ticket = open_ticket(shop, "Phoebe")
    desk = browsers.open(ANNA, **PHONE)
    desk.open(ticket)
    desk.page.get_by_role("button", name=re.compile("card of Phoebe")).tap()
    card = desk.page.locator("#card")
    expect(card.get_by_role("textbox", name="Name", exact=True)).to_have_value("Phoebe")
    expect(card).to_be_in_viewport()
    card.get_by_role("button", name="Close the card").tap()
    expect(card).to_be_hidden()


def test_an_answer_is_written_with_a_thumb(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop, "Phoebe")
    desk = browsers.open(ANNA, **PHONE)
    desk.open(ticket)
    desk.text.tap()
    desk.page.keyboard.type("First line")
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.type("second line")
    desk.page.locator("#send").tap()
    desk.expect_state(desk.bubble("First line"), "sent")
    assert phone.answers()[-1]["text"] == "First line\nsecond line"


def test_nothing_is_too_wide_or_too_small(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop, "Phoebe Featherstonehaugh-Cholmondeley", "W" * 120)
    phone.send("photo", PHOTO)
    phone.send("video", FILM, duration=4, width=480, height=360)
    phone.send("voice", VOICE, duration=8)
    phone.location(55.7558, 37.6173)
    for language in ("en-GB", "ru-RU"):
        desk = browsers.open(ANNA, **{**PHONE, "locale": language})
        desk.open_inbox()
        check(desk.page)
        desk.open(ticket)
        desk.show_map()
        expect(desk.part("voice").locator("voice-bubble")).to_be_attached()
        check(desk.page)
        desk.attach([path_of(PHOTO), path_of(FILM)])
        desk.page.locator("#show-format").tap()
        check(desk.page)
        for item in ("place", "contact", "answers"):
            desk.page.locator("#add-menu > summary").tap()
            check(desk.page)
            desk.page.locator(f'[data-opens="{item}-dialog"]').tap()
            check(desk.page)
            desk.page.keyboard.press("Escape")


def check(page: Page) -> None:
    assert page.evaluate(OVERFLOW) == 0
    assert page.evaluate(TOO_SMALL) == []
