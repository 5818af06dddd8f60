"""What else than plain words leaves the composer, and how it arrives on the customer's phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from appliance_sandbox.control import Phone
from tests.e2e.browsers import Browsers
from tests.e2e.chats import open_chat
from tests.e2e.customers import requests_for
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until


@pytest.mark.parametrize("thing", ["a photo", "a video", "their location", "their phone number"])
def test_one_press_asks_in_the_customers_language(shop: Shop, browsers: Browsers, thing: str) -> None:
    desk, phone = open_chat(shop, browsers, "Анна", "ru")
    desk.text.fill("What stays here")
    before = len(phone.answers())
    desk.page.locator("#ask-menu > summary").click()
    desk.page.locator("#ask-menu").get_by_role("button", name=thing).click()
    expect(desk.page.locator("#toasts")).to_contain_text("Asked for")
    asked = wait_until(lambda: phone.answers()[before:], "the question on the phone")[0]
    assert any("а" <= letter <= "я" for letter in asked["text"].lower())
    expect(desk.text).to_have_value("What stays here")


def test_a_place_arrives_as_a_place(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    dialog = desk.press_to_add("A place")
    dialog.get_by_label("Coordinates or a link").fill("https://yandex.ru/maps/?ll=37.6173%2C55.7558&z=12")
    expect(dialog.get_by_label("Latitude")).to_have_value("55.7558")
    dialog.get_by_role("button", name="Send").click()
    location = wait_until(lambda: last(phone, "location"), "the place")
    assert (location["latitude"], location["longitude"]) == (55.7558, 37.6173)
    desk.expect_state(desk.bubbles.last, "sent")


def test_a_place_with_name_and_address_arrives_as_a_venue(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    dialog = desk.press_to_add("A place")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_label("Latitude")).to_be_focused()
    expect(dialog).to_contain_text("A number from −90 to 90.")
    dialog.get_by_label("Latitude").fill("55,75")
    dialog.get_by_label("Longitude").fill("37.61")
    dialog.get_by_label("Name of the place").fill("The shop")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog).to_contain_text("has an address, too")
    dialog.get_by_label("Address").fill("Lenina 14")
    dialog.get_by_role("button", name="Send").click()
    venue = wait_until(lambda: last(phone, "venue"), "the venue")
    assert (venue["title"], venue["address"]) == ("The shop", "Lenina 14")


def test_the_device_tells_where_it_is(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.page.context.grant_permissions(["geolocation"])
    desk.page.context.set_geolocation({"latitude": 59.93, "longitude": 30.31, "accuracy": 12})
    dialog = desk.press_to_add("A place")
    dialog.get_by_role("button", name="Where this device is").click()
    expect(dialog).to_contain_text("within 12 m")
    dialog.get_by_role("button", name="Send").click()
    assert wait_until(lambda: last(phone, "location"), "the place")["latitude"] == 59.93


def test_a_contact_arrives_as_a_contact(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    dialog = desk.press_to_add("A contact")
    dialog.get_by_label("Name").fill("Workshop")
    dialog.get_by_label("Phone").fill("call me")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog).to_contain_text("This is not a phone number.")
    dialog.get_by_label("Phone").fill("+7 921 123-45-67")
    dialog.get_by_role("button", name="Send").click()
    contact = wait_until(lambda: last(phone, "contact"), "the contact")
    assert contact["first_name"] == "Workshop"
    assert contact["phone_number"].replace(" ", "").replace("-", "") == "+79211234567"


def test_a_pressed_quick_answer_is_what_the_customer_says(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    dialog = desk.press_to_add("Quick answers")
    dialog.get_by_label("Answer 1").fill("Yes, please")
    dialog.get_by_label("Answer 2").fill("No")
    dialog.get_by_role("button", name="Put them below the message").click()
    expect(desk.page.locator("#composer-chips li")).to_have_count(2)
    bubble = desk.reply("Shall we come tomorrow?")
    desk.expect_state(bubble, "sent")
    expect(desk.page.locator("#composer-chips")).to_be_hidden()
    expect(bubble.locator(".answers li")).to_have_text(["Yes, please", "No"])
    phone.press(phone.answers()[-1]["message_id"], text="Yes, please")
    expect(desk.log.locator("> li.message-in").last).to_contain_text("Yes, please")


def test_marked_words_arrive_formatted(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.text.fill("Till 3 is slow")
    select(desk.text, 0, 6)
    desk.page.get_by_role("button", name="Bold").click()
    select(desk.text, 14, 18)
    desk.text.press("Control+i")
    expect(desk.text).to_have_value("**Till 3** is __slow__")
    select(desk.text, 11, 13)
    desk.text.press("Control+Shift+KeyK")
    desk.page.keyboard.type("https://shop.example/")
    desk.text.press("Enter")
    bubble = desk.bubble("Till 3 is slow")
    desk.expect_state(bubble, "sent")
    answer = phone.answers()[-1]
    assert answer["text"] == "Till 3 is slow"
    found = {entity["type"]: (entity["offset"], entity["length"]) for entity in answer["entities"]}
    assert found == {"bold": (0, 6), "text_link": (7, 2), "italic": (10, 4)}
    expect(bubble.locator("strong")).to_have_text("Till 3")
    desk.text.fill("Till")
    select(desk.text, 0, 4)
    desk.text.press("Control+b")
    desk.text.press("Control+b")
    expect(desk.text).to_have_value("Till")


def test_a_link_leaves_without_its_preview(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.press_to_add("No link preview")
    expect(desk.page.locator("#composer-chips")).to_contain_text("no link preview")
    desk.expect_state(desk.reply("See https://shop.example/"), "sent")
    assert "is_disabled" in str(newest_message(shop, phone)["link_preview_options"])
    desk.expect_state(desk.reply("And https://shop.example/again"), "sent")
    assert "link_preview_options" not in newest_message(shop, phone)


def test_the_customer_sees_that_somebody_writes(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.choose("note")
    desk.text.press_sequentially("Not for them")
    desk.choose("reply")
    assert "sendChatAction" not in methods(shop, phone)
    desk.text.press_sequentially("For them")
    wait_until(lambda: "sendChatAction" in methods(shop, phone), "the sign of writing")


def newest_message(shop: Shop, phone: Phone) -> dict[str, Any]:
    """What the messenger was told of it; a sign of writing may have followed."""
    sent = [request for request in requests_for(shop, phone) if request["method"] == "sendMessage"]
    parameters: dict[str, Any] = sent[-1]["parameters"]
    return parameters


def last(phone: Phone, kind: str) -> dict[str, Any]:
    """What the newest answer is, if it is of this kind; a venue is a location, too."""
    answer = phone.answers()[-1]
    return {} if kind == "location" and "venue" in answer else answer.get(kind, {})


def methods(shop: Shop, phone: Phone) -> list[str]:
    return [asked["method"] for asked in requests_for(shop, phone)]


def select(field: Locator, start: int, end: int) -> None:
    field.evaluate("(field, [start, end]) => { field.focus(); field.setSelectionRange(start, end); }", [start, end])
