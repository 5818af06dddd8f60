"""Live locations at the desk: the page of couriers and the bubble follow the phone without being loaded anew."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Locator, Page, expect

from appliance_sandbox.control import Phone
from tests.e2e.browsers import Browsers
from tests.e2e.chats import open_chat
from tests.e2e.customers import add_customer
from tests.e2e.staff import ANNA
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

HOUR = 3600
# Leaflet writes "M0 0" for a line without points.
DRAWN = re.compile(r"M-?\d+ -?\d+L")


def drive(phone: Phone, steps: int = 5, every: int = 30) -> int:
    """A live location that has come some way northwards until now; its message."""
    start = int(time.time()) - steps * every
    message: int = phone.location(55.75, 37.61, live_period=8 * HOUR, date=start)["message"]["message_id"]
    for step in range(1, steps + 1):
        move(phone, message, 55.75 + 0.002 * step, date=start + step * every)
    return message


def move(phone: Phone, message: int, latitude: float, **fields: int) -> None:
    phone.move(message, latitude, 37.61, **fields)


def row(page: Page, name: str) -> Locator:
    return page.locator(".courier").filter(has_text=name)


def middle(pin: Locator) -> tuple[float, float]:
    box = pin.bounding_box()
    assert box is not None
    return round(box["x"]), round(box["y"])


def test_who_drives_moves_on_the_couriers_page(shop: Shop, browsers: Browsers) -> None:
    driver, client = add_customer(shop, "Driver Dan"), add_customer(shop, "Client Cleo")
    client.venue("Bakery", "Lenina 1", 55.80, 37.61)
    message = drive(driver)
    shop.settle()
    page = browsers.open(ANNA).page
    page.goto("/maps/couriers")
    expect(row(page, "Driver Dan")).to_contain_text("s ago")
    expect(row(page, "Driver Dan")).to_contain_text("27 km/h")
    page.get_by_label("Distance to").select_option(label=page.locator("option", has_text="Bakery").inner_text())
    expect(row(page, "Driver Dan")).to_contain_text("4.4 km to the north")
    expect(row(page, "Driver Dan")).to_contain_text("≈")
    pin = page.locator('#couriers-map .pin[title="Driver Dan"]')
    expect(page.locator("#couriers-map .target")).to_have_count(1)
    before = middle(pin)
    move(driver, message, 55.79)
    expect(row(page, "Driver Dan")).to_contain_text("1.1 km to the north")
    wait_until(lambda: middle(pin)[1] < before[1], "the pin's way north")
    expect(row(page, "Driver Dan").locator("live-age")).to_have_attribute("state", "live")
    row(page, "Driver Dan").get_by_role("link", name="Ticket").click()
    page.wait_for_url("**/t/*")


def test_who_was_not_heard_of_for_minutes_is_grey(shop: Shop, browsers: Browsers) -> None:
    lost = add_customer(shop, "Lost Lou")
    lost.location(55.7, 37.5, live_period=8 * HOUR, date=int(time.time()) - 300)
    shop.settle()
    page = browsers.open(ANNA).page
    page.goto("/maps/couriers")
    expect(row(page, "Lost Lou")).to_contain_text("last seen")
    expect(page.locator('#couriers-map .pin[title="Lost Lou"] .stale')).to_be_attached()


def test_the_day_of_who_was_chosen_is_drawn(shop: Shop, browsers: Browsers) -> None:
    driver = add_customer(shop, "Rider Ron")
    message = drive(driver)
    shop.settle()
    page = browsers.open(ANNA).page
    page.goto("/maps/couriers")
    row(page, "Rider Ron").get_by_role("link", name="Rider Ron").click()
    way = page.locator("#courier-way")
    expect(way).to_contain_text("1.1 km travelled")
    expect(page.locator("#couriers-map path.trail")).to_have_attribute("d", DRAWN)
    move(driver, message, 55.77)
    expect(way).to_contain_text("2.2 km travelled")
    driver.stop(message)
    expect(row(page, "Rider Ron")).to_contain_text("sharing has ended")
    page.get_by_role("link", name="All couriers").click()
    expect(way).to_have_count(0)


def test_the_bubble_draws_the_way_and_says_how_long_ago(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers, "Walker Wim")
    message = drive(phone)
    expect(desk.part("location")).to_be_attached()
    desk.show_map()
    part = desk.part("location")
    expect(part.locator("live-age")).to_contain_text("s ago")
    expect(part.locator("path.trail")).to_have_attribute("d", DRAWN)
    before = part.locator("path.trail").get_attribute("d")
    move(phone, message, 55.95, heading=90)
    expect(part.locator(".arrow")).to_have_attribute("transform", "rotate(90 16 14.5)")
    wait_until(lambda: part.locator("path.trail").get_attribute("d") != before, "the longer way")
    expect(part.locator("location-map[stale]")).to_have_count(0)
    phone.stop(message)
    expect(part.locator("live-age")).to_contain_text("sharing has ended")
    expect(part.locator("location-map[stale]").first).to_be_attached()
