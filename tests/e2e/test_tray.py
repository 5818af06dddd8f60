"""Attached files: as what each leaves, and in which order."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, expect

from appliance_sandbox.control import Phone
from tests.e2e.browsers import Browsers
from tests.e2e.chats import open_chat
from tests.e2e.desk import Desk
from tests.e2e.samples import DOCUMENT, FILM, PHOTO, path_of
from tests.harness.shop import Shop


def test_a_film_can_leave_as_a_round_video(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.attach([path_of(FILM)])
    desk.send_as("video_note")
    expect(desk.page.locator("#tray")).to_contain_text("cropped square, up to a minute")
    desk.expect_state(desk.send(), "sent")
    assert phone.answers()[-1]["video_note"]["duration"] == 4


def test_all_pictures_can_leave_as_files(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.attach([path_of(PHOTO), shelf(1)])
    desk.page.get_by_label("All as files").check()
    desk.expect_state(desk.send(), "sent")
    assert [answer["document"]["file_name"] for answer in phone.answers()[-2:]] == ["broken-till.jpg", "shelf-1.jpg"]
    desk.attach([path_of(PHOTO), shelf(1)])
    expect(desk.page.get_by_label("All as files")).not_to_be_checked()


def test_files_leave_in_the_chosen_order(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.attach([shelf(1), shelf(2), path_of(DOCUMENT)])
    names = desk.page.locator("#tray b")
    expect(names).to_have_text(["shelf-1.jpg", "shelf-2.jpg", "invoice.pdf"])
    up = desk.page.get_by_role("button", name="Move shelf-2.jpg up")
    up.focus()
    up.press("Enter")
    expect(names).to_have_text(["shelf-2.jpg", "shelf-1.jpg", "invoice.pdf"])
    expect(desk.page.get_by_role("button", name="Move shelf-2.jpg down")).to_be_focused()
    expect(desk.page.locator("#composer-state")).to_have_text("shelf-2.jpg: 1 of 3")
    desk.page.get_by_role("button", name="Remove invoice.pdf").click()
    expect(names).to_have_text(["shelf-2.jpg", "shelf-1.jpg"])
    desk.page.locator("#all-as-files").check()
    desk.expect_state(desk.send(), "sent")
    assert sent_files(phone) == ["shelf-2.jpg", "shelf-1.jpg"]


def test_files_are_dragged_into_order(shop: Shop, browsers: Browsers) -> None:
    desk, _phone = open_chat(shop, browsers)
    desk.attach([shelf(1), shelf(2)])
    item(desk, 1).drag_to(item(desk, 0))
    expect(desk.page.locator("#tray b")).to_have_text(["shelf-2.jpg", "shelf-1.jpg"])


def shelf(number: int) -> Path:
    return path_of(PHOTO).with_name(f"shelf-{number}.jpg")


def item(desk: Desk, place: int) -> Locator:
    return desk.page.locator(".tray-item").nth(place).locator("b")


def sent_files(phone: Phone) -> list[str]:
    return [answer["document"]["file_name"] for answer in phone.answers()[-2:]]
