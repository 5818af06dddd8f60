"""A customer writes whatever a phone can send: the open desk shows it without a reload."""

from __future__ import annotations

import time

from playwright.sync_api import expect

from appliance_sandbox.control import Phone, Upload
from tests.e2e.browsers import Browsers
from tests.e2e.chats import open_chat
from tests.e2e.customers import add_customer
from tests.e2e.samples import DOCUMENT, PHOTO
from tests.harness.box import OWNER
from tests.harness.shop import Shop

DRAWN = "map => map.shadowRoot.querySelectorAll('path.land').length > 100"


def test_a_first_message_becomes_a_ticket_in_the_open_list(shop: Shop, browsers: Browsers) -> None:
    desk = browsers.open(OWNER)
    desk.open_inbox()
    phone = add_customer(shop, "Vera")
    phone.write("Where is my parcel?")
    row = desk.rows.locator("li", has_text="Vera")
    expect(row).to_contain_text("Where is my parcel?")
    expect(row).to_contain_text("new")
    row.click()
    expect(desk.bubble("Where is my parcel?")).to_be_visible()


def test_a_text_appears_in_the_open_ticket(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    phone.write("And <b>one</b> more & more\nin two lines")
    expect(desk.bubble("And <b>one</b> more & more")).to_be_visible()


def test_a_photo_is_shown_and_opens_large(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    phone.send("photo", PHOTO, caption="It shows this")
    picture = desk.part("photo").locator("img")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => image.naturalWidth") > 0
    expect(desk.bubble("It shows this").locator("img")).to_have_count(1)
    picture.click()
    large = desk.page.locator("dialog[open] img")
    expect(large).to_be_visible()
    assert large.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    desk.page.keyboard.press("Escape")
    expect(large).to_be_hidden()


def test_a_document_is_named_and_downloads(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    phone.send("document", DOCUMENT)
    shown = desk.part("document")
    expect(shown).to_contain_text("invoice.pdf")
    with desk.page.expect_download() as coming:
        shown.get_by_role("link").click()
    assert coming.value.suggested_filename == "invoice.pdf"
    assert coming.value.path().read_bytes() == DOCUMENT.part()[1]


def test_a_document_with_a_russian_name_downloads_under_it(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    phone.send("document", Upload(b"one;two\n", "Накладная № 5.csv", "text/csv"))
    with desk.page.expect_download() as coming:
        desk.part("document").get_by_role("link").click()
    assert coming.value.suggested_filename == "Накладная № 5.csv"
    assert coming.value.path().read_bytes() == b"one;two\n"


def test_a_location_stands_on_a_map_of_our_own(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    phone.location(55.7558, 37.6173)
    place = desk.part("location")
    expect(place).to_contain_text("55.75580, 37.61730")
    for service in ("OpenStreetMap", "Google Maps", "Yandex Maps"):
        expect(place.get_by_role("link", name=service)).to_be_visible()
    drawn = place.locator("location-map")
    expect(drawn.locator("path.land").nth(100)).to_be_attached()
    expect(drawn.locator(".pin")).to_be_visible()


def test_an_unknown_kind_names_itself(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    inject(shop, phone, giveaway_winners={"winner_count": 1})
    shown = desk.part("unknown")
    expect(shown).to_be_visible()
    expect(shown).to_contain_text("giveaway_winners")


def test_an_edit_keeps_what_was_written_before(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    written = phone.write("My model is K-220")
    expect(desk.bubble("K-220")).to_be_visible()
    phone.edit(written["message"]["message_id"], text="My model is K-230")
    bubble = desk.bubble("K-230")
    expect(bubble).to_be_visible()
    bubble.get_by_text("edited").click()
    expect(bubble.locator(".versions-list")).to_contain_text("My model is K-220")


def test_a_reaction_is_shown_and_is_no_edit(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.reply("We are on it")
    desk.expect_state(desk.bubble("We are on it"), "sent")
    phone.react(phone.answers()[-1]["message_id"], "👍")
    bubble = desk.bubble("We are on it")
    expect(bubble.locator(".reactions")).to_contain_text("👍")
    expect(bubble.get_by_text("edited")).to_have_count(0)


def test_the_customer_is_acknowledged_once_in_their_language(shop: Shop) -> None:
    russian, english = add_customer(shop, "Ольга", "ru"), add_customer(shop, "Olive", "en")
    for phone in (russian, english):
        phone.write("1")
        phone.write("2")
    shop.settle()
    numbers = shop.tickets([russian, english])
    (told,) = [answer["text"] for answer in russian.answers()]
    assert str(numbers[russian.chat_id]) in told
    assert "заявка" in told
    (told,) = [answer["text"] for answer in english.answers()]
    assert str(numbers[english.chat_id]) in told
    assert told.startswith("Got it")


def inject(shop: Shop, phone: Phone, **content: object) -> None:
    """A message of a kind this version has never heard of."""
    person = {"id": phone.customer_id, "is_bot": False, "first_name": "Customer"}
    chat = {"id": phone.chat_id, "type": "private", "first_name": "Customer"}
    frame = {"message_id": 900_001, "date": int(time.time()), "chat": chat, "from": person}
    shop.sandbox.control.inject(shop.bot_id, {"message": {**frame, **content}})
