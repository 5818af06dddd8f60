"""What staff see and hear of what customers send: albums, documents, and which voices somebody has listened to."""

from __future__ import annotations

import zipfile

from playwright.sync_api import Page, expect

from tests.e2e.browsers import Browsers
from tests.e2e.customers import open_ticket
from tests.e2e.playing import expect_to_play
from tests.e2e.samples import DOCUMENT, FILM, PHOTO, VOICE
from tests.e2e.staff import ANNA, BORIS
from tests.harness.box import OWNER
from tests.harness.shop import Shop


def test_an_album_is_walked_in_one_window_and_fetched_at_once(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop)
    phone.album([("photo", PHOTO, "Both tills"), ("video", FILM, ""), ("photo", PHOTO, "")])
    shop.settle()
    desk = browsers.open(OWNER)
    desk.open(ticket)
    page = desk.page
    expect(desk.log.locator(".album-3 .album-cell [data-opens-large]:visible")).to_have_count(3)
    expect(desk.log.get_by_text("Both tills")).to_have_count(1)
    desk.log.locator(".album [data-opens-large]:visible").first.click()
    lightbox = page.locator("#media-lightbox")
    expect(lightbox.get_by_text("1 / 3")).to_be_visible()
    expect(lightbox.get_by_text("Both tills")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect_to_play(lightbox.locator("video"))
    with page.expect_download() as coming:
        lightbox.get_by_role("link", name="All").click()
    with zipfile.ZipFile(coming.value.path()) as archive:
        assert len(archive.namelist()) == 3
        assert archive.testzip() is None
    page.keyboard.press("Escape")
    expect(desk.log.locator(".album [data-opens-large]:visible").nth(1)).to_be_focused()


def test_five_photos_are_one_grid_with_one_caption_and_can_be_looked_at_closely(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop)
    phone.album([("photo", PHOTO, "The whole machine"), *[("photo", PHOTO, "")] * 4])
    shop.settle()
    desk = browsers.open(OWNER)
    desk.open(ticket)
    expect(desk.log.locator(".album")).to_have_count(1)
    expect(desk.log.get_by_text("The whole machine")).to_have_count(1)
    # They are made ready one after another; what is not yet cannot be opened.
    expect(desk.log.locator(".album [data-opens-large]")).to_have_count(5)
    desk.log.locator(".album [data-opens-large]:visible").first.click()
    lightbox = desk.page.locator("#media-lightbox")
    level = lightbox.locator("[data-part=level]")
    far = level.inner_text()
    desk.page.keyboard.press("Equal")
    expect(level).not_to_have_text(far)
    desk.page.keyboard.press("0")
    expect(level).to_have_text(far)
    for place in range(1, 6):
        expect(lightbox.get_by_text(f"{place} / 5")).to_be_visible()
        desk.page.keyboard.press("ArrowRight")


def test_each_of_the_staff_has_marks_of_their_own_on_voices(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop)
    phone.send("voice", VOICE, duration=8)
    shop.settle()
    desk = browsers.open(ANNA)
    desk.open(ticket)
    page = desk.page
    expect(page.get_by_role("button", name="not listened to yet")).to_be_visible()
    page.get_by_role("slider", name="Position").press("End")
    with page.expect_response("**/files/*/heard") as told:
        page.get_by_role("button", name="Play the voice message").click()
    assert told.value.status == 204
    expect(page.get_by_role("button", name="not listened to yet")).to_have_count(0)
    desk.open(ticket)
    expect(page.get_by_role("button", name="Play the voice message")).to_be_visible()
    expect(page.get_by_role("button", name="not listened to yet")).to_have_count(0)
    other = browsers.open(BORIS)
    other.open(ticket)
    expect(other.page.get_by_role("button", name="not listened to yet")).to_be_visible()


def test_an_invoice_is_read_without_leaving_the_desk(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop)
    desk = browsers.open(OWNER)
    desk.open(ticket)
    phone.send("document", DOCUMENT)
    desk.part("document").get_by_role("button", name="Open invoice.pdf").click()
    reader = desk.page.get_by_role("dialog", name="invoice.pdf")
    picture = reader.get_by_role("img", name="Page 1 of 1")
    assert picture.evaluate("page => page.decode().then(() => page.naturalHeight)") > 1500
    reader.get_by_role("button", name="Text").click()
    expect(reader.get_by_role("region", name="Text")).to_contain_text("INVOICE No. 2026-118")
    is_calm(desk.page)


def is_calm(page: Page) -> None:
    """The desk's shortcuts sleep behind the window: typing letters opens nothing else."""
    for key in ("a", "e", "r", "Slash"):
        page.keyboard.press(key)
    expect(page.locator("dialog[open]")).to_have_count(1)
