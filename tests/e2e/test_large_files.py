"""A film of 48 MB: no bot is given that. The customer hears how to send it, staff have it sent on to themselves."""

from __future__ import annotations

import struct
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, expect

from appliance_sandbox.control import Phone, Upload
from tests.e2e.browsers import Browsers
from tests.e2e.customers import add_customer, open_ticket, requests_for
from tests.e2e.desk import Desk
from tests.e2e.samples import FILM, PHOTO, path_of
from tests.e2e.staff import BORIS
from tests.harness.box import OWNER
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

SIZE = 48 << 20


def send_film(shop: Shop, browsers: Browsers, login: str = OWNER) -> tuple[Desk, Phone, Locator]:
    """It arrives while somebody looks at the ticket; the card it becomes."""
    phone = add_customer(shop, "Ольга", "ru")
    phone.write("Касса не печатает")
    wait_until(phone.answers, "the acknowledgement")
    desk = browsers.open(login)
    desk.open(shop.tickets([phone])[phone.chat_id])
    facts = {"duration": 95, "width": 1280, "height": 720, "file_name": "till.mp4"}
    thumbnail = Upload(path_of(PHOTO), mime_type="image/jpeg")
    phone.send_large("video", FILM, SIZE, thumbnail, caption="Смотрите", **facts)
    card = desk.part("video").locator(".file-card")
    expect(card).to_be_visible()
    return desk, phone, card


def test_a_48_mb_video_is_explained_and_asked_for_again(shop: Shop, browsers: Browsers) -> None:
    desk, phone, card = send_film(shop, browsers)
    for words in ("till.mp4", "48 MB", "1:35", "up to 20 MB"):
        expect(card).to_contain_text(words)
    picture = card.locator("img.file-thumbnail")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => image.naturalWidth") > 0

    card.get_by_role("button", name="Ask for a shorter video").click()
    expect(desk.text).to_have_value(
        "Ваше видео больше 20 МБ и до нас не дошло. Пришлите, пожалуйста, видео покороче, "
        "примерно на полминуты, или круглое видеосообщение."
    )
    expect(desk.page.locator("#composer-quote")).to_contain_text("Смотрите")
    asked = desk.send()
    desk.expect_state(asked, "sent")
    assert phone.answers()[-1]["reply_to_message"]["video"]["file_size"] == SIZE


def test_the_customer_is_told_once_in_their_language(shop: Shop, browsers: Browsers) -> None:
    _desk, phone, _card = send_film(shop, browsers)
    shop.settle()
    told = [answer["text"] for answer in phone.answers()]
    assert len(told) == 2
    assert told[1].startswith("Спасибо! Это видео больше 20 МБ")


def test_it_is_sent_on_to_a_linked_phone_by_its_id(shop: Shop, browsers: Browsers) -> None:
    desk, phone, card = send_film(shop, browsers, BORIS)
    card.get_by_role("link", name="Link my Telegram to have it sent there").click()
    desk.page.locator("#messengers").get_by_role("button", name="Link my Telegram").click()
    link = desk.page.locator(".link-card a").get_attribute("href")
    mine = add_customer(shop, "Boris at home")
    mine.start(parse_qs(urlsplit(link or "").query)["start"][0])
    wait_until(mine.answers, "the word that it is linked")

    desk.open(shop.tickets([phone])[phone.chat_id])
    card.get_by_role("button", name="Send to my Telegram").click()
    expect(desk.page.locator(".toast")).to_contain_text("your Telegram")
    films = wait_until(lambda: [one["video"] for one in mine.answers() if "video" in one], "the film")
    assert films[0]["file_size"] == SIZE
    (asked,) = (request for request in requests_for(shop, mine) if request["method"] == "sendVideo")
    assert asked["parameters"]["video"] in remote_ids(shop)
    expect(desk.bubbles).to_have_count(4)


def test_a_metered_line_loads_a_film_on_a_click(shop: Shop, browsers: Browsers) -> None:
    shop.box.command("set", "fetch_click_mb", "1")
    try:
        phone, ticket = open_ticket(shop)
        desk = browsers.open(OWNER)
        desk.open(ticket)
        phone.send("video", Upload(padded(FILM, 2 << 20), "film.mp4", "video/mp4"), duration=4)
        part = desk.part("video")
        expect(part).to_contain_text("not fetched yet")
        part.get_by_role("button", name="Load").click()
        expect(part.locator("video")).to_be_visible()
    finally:
        shop.box.command("set", "fetch_click_mb", "")


def remote_ids(shop: Shop) -> set[str]:
    """What the messenger calls the films of this size."""
    return {row["remote_id"] for row in shop.box.read("SELECT remote_id FROM file WHERE size = ?", SIZE)}


def padded(film: Upload, size: int) -> bytes:
    """The film and a box of nothing, which players skip."""
    content = path_of(film).read_bytes()
    missing = size - len(content)
    return content + struct.pack(">I4s", missing, b"free") + bytes(missing - 8)
