"""Photos and films large, in a real browser: one after another, near, turned, by keys, mouse, fingers."""

from __future__ import annotations

import math
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from plugins.media.tests.browsing import COLOURS, PHONE, POSITION, Make, Open, wait_for
from plugins.media.tests.desk import Desk

pytestmark = pytest.mark.e2e
PLACE = "picture => { const { x, y, width, height } = picture.getBoundingClientRect(); return [x, y, width, height] }"


@pytest.fixture
def lightbox(page: Page) -> Locator:
    return page.locator("#media-lightbox")


def fill(desk: Desk, make: Make) -> None:
    """Two photos and a film between them."""
    desk.put(make("photo.jpg", "photo"), "photo", text="It shows this")
    desk.put(make("long.mp4", "video"), "video")
    desk.put(make("photo.heic", "photo"), "photo")


def open_photo(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Open the photo, Anna, 14:07").first.click()


def is_at(lightbox: Locator, level: str, turn: str = "0") -> None:
    expect(lightbox).to_have_attribute("data-level", level)
    expect(lightbox).to_have_attribute("data-turn", turn)


def test_photos_and_films_are_walked_by_arrows_and_buttons(
    page: Page, desk: Desk, make: Make, lightbox: Locator
) -> None:
    fill(desk, make)
    open_photo(page)
    dialog = page.get_by_role("dialog", name="Photo, Anna, 14:07")
    expect(dialog.get_by_text("1 / 3")).to_be_visible()
    expect(dialog.get_by_text("It shows this")).to_be_visible()
    picture = dialog.get_by_role("img", name="Photo, Anna, 14:07")
    assert picture.evaluate("i => i.decode().then(() => i.naturalHeight)") == 1200
    download = dialog.get_by_role("link", name="Download the original. What is shown here has 800 × 1200 pixels.")
    assert download.get_attribute("href") == "/files/1"
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("dialog", name="Video, Anna, 14:07").get_by_text("2 / 3")).to_be_visible()
    expect(lightbox.locator("img")).to_be_hidden()
    assert lightbox.locator("video").evaluate("v => v.paused")
    lightbox.get_by_role("button", name="Next").click()
    expect(lightbox.get_by_text("3 / 3")).to_be_visible()
    assert lightbox.locator("img").evaluate("i => i.decode().then(() => i.naturalWidth)") == 640
    expect(lightbox.locator("video")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(lightbox.get_by_text("1 / 3")).to_be_visible()
    lightbox.get_by_role("button", name="Previous").click()
    expect(lightbox.get_by_text("3 / 3")).to_be_visible()


def test_the_focus_stays_inside_and_returns(page: Page, desk: Desk, make: Make, lightbox: Locator) -> None:
    fill(desk, make)
    open_photo(page)
    expect(lightbox.get_by_role("button", name="Close")).to_be_focused()
    for _ in range(20):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "() => document.activeElement === document.body || !!document.activeElement.closest('#media-lightbox')"
        )
    page.keyboard.press("Escape")
    expect(lightbox).to_be_hidden()
    expect(page.get_by_role("button", name="Open the photo, Anna, 14:07").first).to_be_focused()


def test_a_photo_comes_near_by_keys_and_goes_back(page: Page, desk: Desk, make: Make, lightbox: Locator) -> None:
    fill(desk, make)
    open_photo(page)
    is_at(lightbox, "1.00")
    page.keyboard.press("+")
    page.keyboard.press("NumpadAdd")
    is_at(lightbox, "1.96")
    page.keyboard.press("-")
    is_at(lightbox, "1.40")
    for _ in range(9):
        page.keyboard.press("=")
    is_at(lightbox, "5.00")
    expect(lightbox.get_by_title("Fit into the window")).to_have_text("500%")
    before = lightbox.locator("img").evaluate(PLACE)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    after = lightbox.locator("img").evaluate(PLACE)
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((-80, -80))
    expect(lightbox.get_by_text("1 / 3")).to_be_visible()
    page.keyboard.press("0")
    is_at(lightbox, "1.00")
    page.keyboard.press("ArrowRight")
    expect(lightbox.get_by_text("2 / 3")).to_be_visible()


def test_a_photo_turns_under_any_alphabet_and_stays_within(
    page: Page, desk: Desk, make: Make, lightbox: Locator
) -> None:
    fill(desk, make)
    open_photo(page)
    picture = lightbox.locator("img")
    _, _, width, height = picture.evaluate(PLACE)
    assert width / height == pytest.approx(800 / 1200, rel=0.01)
    page.evaluate(
        """() => document.activeElement.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'к', code: 'KeyR', bubbles: true, cancelable: true }))"""
    )
    is_at(lightbox, "1.00", "90")
    stage = lightbox.locator("[data-stage]").bounding_box()
    x, y, width, height = picture.evaluate(PLACE)
    assert stage is not None
    assert width / height == pytest.approx(1200 / 800, rel=0.01)
    assert x >= stage["x"] - 1
    assert y >= stage["y"] - 1
    assert width <= stage["width"] + 1
    assert height <= stage["height"] + 1
    for _ in range(3):
        lightbox.get_by_role("button", name="Turn by a quarter").click()
    is_at(lightbox, "1.00", "0")


def test_the_wheel_brings_near_what_it_points_at(page: Page, desk: Desk, make: Make, lightbox: Locator) -> None:
    fill(desk, make)
    open_photo(page)
    picture = lightbox.locator("img")
    x, y, width, height = picture.evaluate(PLACE)
    point = (x + width * 0.4, y + height * 0.4)
    page.mouse.move(*point)
    page.mouse.wheel(0, -400)
    wait_for(lightbox, "box => Number(box.dataset.level) > 2")
    # Across there is room enough for all of it: it stays in the middle.
    x, y, width, height = picture.evaluate(PLACE)
    assert ((point[0] - x) / width, (point[1] - y) / height) == pytest.approx((0.45, 0.4), abs=0.02)
    page.mouse.wheel(0, 4000)
    is_at(lightbox, "1.00")


def test_a_double_click_brings_near_and_dragging_moves(page: Page, desk: Desk, make: Make, lightbox: Locator) -> None:
    fill(desk, make)
    open_photo(page)
    picture = lightbox.locator("img")
    picture.dblclick()
    is_at(lightbox, "2.50")
    before = picture.evaluate(PLACE)
    page.mouse.move(400, 300)
    page.mouse.down()
    page.mouse.move(360, 270, steps=4)
    page.mouse.up()
    after = picture.evaluate(PLACE)
    assert (after[0] - before[0], after[1] - before[1]) != pytest.approx((0, 0), abs=5)
    expect(lightbox).to_be_visible()
    picture.dblclick()
    is_at(lightbox, "1.00")


def test_a_click_beside_the_photo_closes(page: Page, desk: Desk, make: Make, lightbox: Locator) -> None:
    fill(desk, make)
    open_photo(page)
    lightbox.locator("[data-stage]").click(position={"x": 5, "y": 5})
    expect(lightbox).to_be_hidden()


def test_fingers_pinch_and_swipe(open_page: Open, desk: Desk, make: Make) -> None:
    fill(desk, make)
    page = open_page(**PHONE)
    open_photo(page)
    lightbox = page.locator("#media-lightbox")
    touch(page, [[(180, 400), (210, 400)], [(150, 400), (240, 400)], [(120, 400), (270, 400)]])
    wait_for(lightbox, "box => Number(box.dataset.level) > 3")
    lightbox.get_by_title("Fit into the window").click()
    is_at(lightbox, "1.00")
    touch(page, [[(300, 400)], [(200, 402)], [(100, 404)]])
    expect(lightbox.get_by_text("2 / 3")).to_be_visible()


def touch(page: Page, moves: list[list[tuple[int, int]]]) -> None:
    """Fingers put down, moved, lifted."""
    session = page.context.new_cdp_session(page)
    for index, points in enumerate(moves):
        told = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(points)]
        kind = "touchMove" if index else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_film_opens_large_and_goes_on_where_it_was(page: Page, desk: Desk, make: Make, lightbox: Locator) -> None:
    fill(desk, make)
    page.goto("/")
    inline = page.locator("article video")
    inline.evaluate("v => { v.currentTime = 7; return v.play() }")
    page.get_by_role("button", name="Open large").click()
    film = lightbox.locator("video")
    wait_for(film, "v => v.currentTime > 7.1 && !v.paused")
    assert inline.evaluate("v => v.paused")
    assert film.evaluate(COLOURS) > 3
    page.keyboard.press("k")
    wait_for(film, "v => v.paused")
    film.evaluate("v => new Promise(done => { v.onseeked = done; v.currentTime = 12 })")
    page.keyboard.press("Escape")
    wait_for(inline, "v => Math.abs(v.currentTime - 12) < 0.2")
    assert film.evaluate("v => !v.currentSrc || v.networkState === 0 || v.readyState === 0")
    expect(page.get_by_role("button", name="Open large")).to_be_focused()


def test_an_album_is_a_grid_of_four_and_the_rest_lies_behind(
    page: Page, desk: Desk, make: Make, lightbox: Locator
) -> None:
    for number in range(6):
        made = make("long.mp4", "video") if number == 1 else make("photo.jpg", "photo")
        desk.put(made, "video" if number == 1 else "photo", message=7)
    page.goto("/")
    shown = [cell for cell in page.locator(".album-cell").all() if cell.is_visible()]
    assert len(shown) == 4
    boxes: list[Any] = [cell.bounding_box() for cell in shown]
    assert boxes[0]["y"] == boxes[1]["y"] < boxes[2]["y"] == boxes[3]["y"]
    assert all(math.isclose(box["width"], box["height"], abs_tol=3) for box in boxes)
    expect(shown[3].get_by_text("+2")).to_be_visible()
    page.get_by_role("button", name="Open the video, Anna, 14:07").click()
    film = lightbox.locator("video")
    wait_for(film, "v => v.currentTime > 0.2 && !v.paused")
    assert film.evaluate(POSITION) > 0
    everything = lightbox.get_by_role("link", name="All")
    assert everything.get_attribute("href") == "/messages/7/files.zip"
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(lightbox.get_by_text("5 / 6")).to_be_visible()
    page.keyboard.press("Escape")
    expect(shown[3].get_by_role("button")).to_be_focused()


@pytest.mark.parametrize("count", [2, 3])
def test_small_albums_fill_their_frame(page: Page, desk: Desk, make: Make, count: int) -> None:
    for _ in range(count):
        desk.put(make("photo.jpg", "photo"), "photo", message=1)
    page.goto("/")
    frame = page.locator(".album").bounding_box()
    boxes: list[Any] = [picture.bounding_box() for picture in page.locator(".album img").all()]
    assert frame is not None
    assert sum(box["width"] * box["height"] for box in boxes) > 0.97 * frame["width"] * frame["height"]
    assert page.locator(".album-rest").count() == 0


def test_one_photo_has_no_archive(page: Page, desk: Desk, make: Make, lightbox: Locator) -> None:
    fill(desk, make)
    open_photo(page)
    expect(lightbox.locator("[data-part=all]")).to_be_hidden()


def test_nothing_moves_when_pictures_come(page: Page, desk: Desk, make: Make) -> None:
    page.add_init_script(
        """window.moved = 0;
        new PerformanceObserver((list) => { for (const shift of list.getEntries()) window.moved += shift.value })
          .observe({ type: 'layout-shift', buffered: true })"""
    )
    fill(desk, make)
    desk.put(make("sticker.webm", "sticker"), "sticker")
    desk.put(make("voice.ogg", "voice"), "voice")
    page.goto("/")
    for picture in page.locator("article img:visible").all():
        picture.scroll_into_view_if_needed()
        wait_for(picture, "picture => picture.complete && picture.naturalWidth > 0")
    page.evaluate("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    assert page.evaluate("() => window.moved") < 0.01
