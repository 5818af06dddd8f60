"""Documents read in the page, in a real browser: pages, their text, how much of it there is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from appliance import MadeRendition
from plugins.media.tests.browsing import Open, wait_for
from plugins.media.tests.desk import Desk

pytestmark = pytest.mark.e2e


@pytest.fixture
def pages(tmp_path: Path) -> dict[str, MadeRendition]:
    """Three pages of a document of twelve, as pictures."""
    made = {}
    for number in (1, 2, 3):
        path = tmp_path / f"{number}.jpg"
        Image.new("RGB", (1400, 1980), (240, 240, 200 + number)).save(path)
        data = {"pages": 12} if number == 1 else {}
        made[f"page-{number}"] = MadeRendition(f"page-{number}", path, "image/jpeg", 1400, 1980, data=data)
    return made


@pytest.fixture
def words(tmp_path: Path) -> dict[str, MadeRendition]:
    path = tmp_path / "text.txt"
    path.write_text("Счёт № 17\n<script>alert(1)</script>\n", encoding="utf-8")
    return {"text": MadeRendition("text", path, "text/plain", data={"cut": True})}


@pytest.fixture
def reader(page: Page) -> Locator:
    return page.locator("#media-reader")


def open_document(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Open IMG_0412.mov").click()


def test_the_pages_of_a_document_are_read_one_below_another(
    page: Page, desk: Desk, pages: dict[str, MadeRendition], reader: Locator
) -> None:
    desk.put(pages, "document")
    open_document(page)
    dialog = page.get_by_role("dialog", name="IMG_0412.mov")
    expect(dialog.get_by_text("Page 1 of 12")).to_be_visible()
    first = dialog.get_by_role("img", name="Page 1 of 12")
    assert first.evaluate("i => i.decode().then(() => i.naturalWidth)") == 1400
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_text("Page 2 of 12")).to_be_visible()
    dialog.get_by_role("button", name="Next page").click()
    expect(dialog.get_by_text("Page 3 of 12")).to_be_visible()
    expect(dialog.get_by_role("button", name="Next page")).to_be_disabled()
    expect(dialog.get_by_text("Pages 4 to 12 are in the download.")).to_be_visible()
    assert dialog.get_by_role("link", name="Download the original").get_attribute("href") == "/files/1"
    page.keyboard.press("Escape")
    expect(reader).to_be_hidden()
    expect(page.get_by_role("button", name="Open IMG_0412.mov")).to_be_focused()


def test_a_page_comes_near_by_keys(page: Page, desk: Desk, pages: dict[str, MadeRendition], reader: Locator) -> None:
    desk.put(pages, "document")
    open_document(page)
    first = reader.locator("img").first
    before = first.bounding_box()
    for key in ("+", "+", "+"):
        page.keyboard.press(key)
    after = first.bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] == pytest.approx(2 * before["width"], rel=0.01)
    expect(reader.get_by_title("Fit into the window")).to_have_text("200%")
    page.keyboard.press("0")
    expect(reader).to_have_attribute("data-level", "1")


def test_the_words_of_a_document_can_be_read_aloud_and_copied(
    page: Page, desk: Desk, pages: dict[str, MadeRendition], words: dict[str, MadeRendition], reader: Locator
) -> None:
    desk.put({**pages, **words}, "document")
    open_document(page)
    reader.get_by_role("button", name="Text").click()
    expect(reader.get_by_role("region", name="Text")).to_contain_text("Счёт № 17")
    expect(reader.get_by_role("img").first).to_be_hidden()
    page.keyboard.press("t")
    expect(reader.get_by_role("img").first).to_be_visible()


def test_a_text_is_text_whatever_it_says(
    page: Page, desk: Desk, words: dict[str, MadeRendition], reader: Locator
) -> None:
    desk.put(words, "document")
    open_document(page)
    expect(reader.locator("pre")).to_contain_text("<script>alert(1)</script>")
    assert reader.locator("script").count() == 0
    expect(reader.get_by_text("Only the beginning is shown; all of it is in the download.")).to_be_visible()
    expect(reader.get_by_role("button", name="Next page")).to_be_hidden()
    expect(reader.get_by_role("region", name="Text")).to_be_focused()


def test_a_text_that_does_not_come_is_told(open_page: Open, desk: Desk, words: dict[str, MadeRendition]) -> None:
    desk.put(words, "document")
    desk.files.clear()
    page = open_page(forgive="status of 404")
    open_document(page)
    expect(page.get_by_text("This cannot be shown now. Try again, or download it.")).to_be_visible()


def test_pages_that_become_ready_are_added_while_one_reads(
    page: Page, desk: Desk, pages: dict[str, MadeRendition], reader: Locator
) -> None:
    desk.put({"page-1": pages["page-1"]}, "document", making="running")
    open_document(page)
    expect(reader.get_by_text("Further pages are being prepared.")).to_be_visible()
    desk.parts.clear()
    desk.put(pages, "document")
    page.evaluate("htmx.ajax('GET', '/bubbles/1', { target: '#bubble-1', swap: 'innerMorph' })")
    expect(reader.get_by_text("Pages 4 to 12 are in the download.")).to_be_attached()
    wait_for(reader, "reader => reader.querySelectorAll('img').length === 3")
