"""A place is chosen on its dialog's map: by a tap, by the keyboard, by a town's name, from a server of addresses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, expect

from appliance_sandbox.control import Phone
from tests.e2e.browsers import Browsers
from tests.e2e.chats import open_chat
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

ANSWER = [
    {"lat": "59.9343", "lon": "30.3351", "name": "The shop", "display_name": "The shop, Nevsky 28, Saint Petersburg"},
    {"lat": "nonsense", "lon": "0", "display_name": "nowhere"},
]


class Addresses(BaseHTTPRequestHandler):
    """Answers every question alike and remembers it."""

    server: Any

    def do_GET(self) -> None:
        self.server.asked.append((parse_qs(urlsplit(self.path).query), self.headers["User-Agent"]))
        content = json.dumps(ANSWER).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 -- the name is the base class's
        """What was asked stands in `asked`."""


@contextmanager
def serving() -> Iterator[Any]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Addresses) as server:
        server.asked = []  # type: ignore[attr-defined]  # for the handler
        thread = Thread(target=partial(server.serve_forever, poll_interval=0.05), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join(timeout=5)


def open_dialog(shop: Shop, browsers: Browsers) -> tuple[Locator, Phone]:
    """Once its map can be used."""
    desk, phone = open_chat(shop, browsers)
    dialog = desk.press_to_add("A place")
    expect(dialog.locator(".maps-pick path.land").first).to_be_attached()
    return dialog, phone


def sent(dialog: Locator, phone: Phone, kind: str = "location") -> dict[str, Any]:
    """What arrives on the phone."""
    dialog.get_by_role("button", name="Send").click()
    found = wait_until(lambda: next((each[kind] for each in phone.answers() if kind in each), None), "the place")
    assert isinstance(found, dict)
    return found


def value(dialog: Locator, label: str) -> float:
    return float(dialog.get_by_label(label).input_value() or "nan")


def test_a_tap_on_the_map_is_the_place_that_arrives(shop: Shop, browsers: Browsers) -> None:
    dialog, phone = open_dialog(shop, browsers)
    box = dialog.locator(".maps-pick").bounding_box()
    assert box is not None
    dialog.locator(".maps-pick").click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(dialog.get_by_label("Latitude")).not_to_have_value("")
    chosen = value(dialog, "Latitude"), value(dialog, "Longitude")
    expect(dialog.locator(".maps-pick .pin")).to_be_visible()
    place = sent(dialog, phone)
    assert (place["latitude"], place["longitude"]) == chosen


def test_the_keyboard_moves_the_map_below_the_cross(shop: Shop, browsers: Browsers) -> None:
    dialog, phone = open_dialog(shop, browsers)
    page = dialog.page
    dialog.get_by_label("Latitude").fill("48.85")
    dialog.get_by_label("Longitude").fill("2.35")
    frame = dialog.locator(".maps-pick .map")
    frame.focus()
    page.keyboard.press("ArrowRight")

    def chosen() -> bool:
        # The map glides: what is chosen at once may still be the first place.
        page.keyboard.press("Enter")
        return value(dialog, "Longitude") > 2.35

    wait_until(chosen, "a place east of the first")
    expect(dialog).to_be_visible()
    assert sent(dialog, phone)["longitude"] > 2.35


def test_a_town_is_found_in_the_boxs_own_list(shop: Shop, browsers: Browsers) -> None:
    dialog, phone = open_dialog(shop, browsers)
    dialog.get_by_label("coordinates or a link").fill("ташкент")
    dialog.get_by_role("button", name="Tashkent, Uzbekistan").click()
    wait_until(lambda: round(value(dialog, "Latitude"), 2) == 41.26, "the town's place")
    place = sent(dialog, phone)
    assert (round(place["latitude"]), round(place["longitude"])) == (41, 69)


def test_enter_takes_the_first_town_and_sends_nothing(shop: Shop, browsers: Browsers) -> None:
    dialog, phone = open_dialog(shop, browsers)
    field = dialog.get_by_label("coordinates or a link")
    field.fill("Vladivos")
    expect(dialog.get_by_role("button", name="Vladivostok")).to_be_visible()
    field.press("Enter")
    wait_until(lambda: round(value(dialog, "Latitude")) == 43, "the town's place")
    expect(dialog).to_be_visible()
    assert not [each for each in phone.answers() if "location" in each]


def test_the_map_begins_where_the_customer_is(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    phone.location(43.11, 131.88)
    expect(desk.page.locator("location-map")).to_be_attached()
    dialog = desk.press_to_add("A place")
    expect(dialog.locator(".maps-pick .town-name, .maps-pick path.land").first).to_be_attached()
    dialog.locator(".maps-pick .map").press("Enter")
    assert (round(value(dialog, "Latitude")), round(value(dialog, "Longitude"))) == (43, 132)


def test_pasted_coordinates_move_the_pin(shop: Shop, browsers: Browsers) -> None:
    dialog, _phone = open_dialog(shop, browsers)
    dialog.get_by_label("coordinates or a link").fill("55°45′14.04″N 37°37′14.88″E")
    expect(dialog.get_by_label("Latitude")).to_have_value("55.7539")
    expect(dialog.locator(".maps-pick .pin")).to_be_visible()
    expect(dialog.locator(".maps-found")).to_be_hidden()


def test_an_address_is_asked_of_the_owners_server_on_a_press_alone(shop: Shop, browsers: Browsers) -> None:
    with serving() as server:
        shop.box.command("set", "maps.address_search", f"http://127.0.0.1:{server.server_address[1]}/search")
        try:
            dialog, phone = open_dialog(shop, browsers)
            dialog.get_by_label("coordinates or a link").fill("Nevsky 28")
            press = dialog.get_by_role("button", name="Search “Nevsky 28” at 127.0.0.1")
            expect(press).to_be_visible()
            assert server.asked == []
            press.click()
            dialog.get_by_role("button", name="The shop, Nevsky 28").click()
            expect(dialog.get_by_label("Name of the place")).to_have_value("The shop")
            venue = sent(dialog, phone, "venue")
        finally:
            shop.box.command("set", "maps.address_search", "")
    assert (venue["title"], venue["location"]["latitude"]) == ("The shop", 59.9343)
    ((asked, agent),) = server.asked
    assert asked["q"] == ["Nevsky 28"]
    assert agent.startswith("appliance-helpdesk/")


def test_the_customer_can_be_asked_for_theirs_instead(shop: Shop, browsers: Browsers) -> None:
    dialog, phone = open_dialog(shop, browsers)
    before = len(phone.answers())
    dialog.get_by_role("button", name="Ask the customer for theirs").click()
    expect(dialog).to_be_hidden()
    wait_until(lambda: phone.answers()[before:], "the question on the phone")
    assert "request_location" in str(phone.chat()["keyboard"])
