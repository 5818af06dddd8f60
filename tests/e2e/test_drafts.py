"""What somebody types is never lost, and never follows into another ticket."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.browsers import Browsers
from tests.e2e.chats import open_chat
from tests.e2e.customers import open_ticket
from tests.e2e.playing import position_of
from tests.e2e.samples import VOICE
from tests.e2e.staff import ANNA
from tests.harness.shop import Shop


def test_a_draft_survives_a_reload_another_ticket_and_another_browser(shop: Shop, browsers: Browsers) -> None:
    _first, here = open_ticket(shop, "Dora")
    _second, there = open_ticket(shop, "Edda")
    desk = browsers.open(ANNA)
    desk.open(here)
    desk.text.fill("Dear Dora, half an answer")
    desk.choose("note")
    desk.text.fill("She is angry")
    desk.row(there).click()
    expect(desk.page).to_have_url(re.compile(f"/t/{there}"))
    expect(desk.text).to_have_value("")
    desk.choose("note")
    expect(desk.text).to_have_value("")
    expect(desk.row(here)).to_contain_text("Draft:")
    desk.page.reload()
    expect(desk.text).to_have_value("")
    desk.row(here).click()
    expect(desk.text).to_have_value("Dear Dora, half an answer")
    other = browsers.open(ANNA)
    other.open(here)
    expect(other.text).to_have_value("Dear Dora, half an answer")
    other.choose("note")
    expect(other.text).to_have_value("She is angry")


def test_a_draft_typed_just_before_the_reload_is_there(shop: Shop, browsers: Browsers) -> None:
    desk, _phone = open_chat(shop, browsers)
    desk.text.press_sequentially("no pause")
    desk.page.reload()
    expect(desk.text).to_have_value("no pause")


def test_a_page_that_was_made_before_the_draft_was_saved_does_not_lose_it(shop: Shop, browsers: Browsers) -> None:
    desk, _phone = open_chat(shop, browsers)
    page, address = desk.page, desk.page.url
    early = page.request.get(address)
    desk.text.fill("Saved while you came")
    expect(page.locator("#composer-state")).to_have_text("Draft saved")
    page.route(address, lambda route: route.fulfill(response=early))
    page.reload()
    expect(desk.text).to_have_value("Saved while you came")
    page.unroute(address)
    desk.text.press_sequentially(" and mended")
    expect(page.locator("#composer-state")).to_have_text("Draft saved")
    page.reload()
    expect(desk.text).to_have_value("Saved while you came and mended")
    desk.reply("Saved while you came, and sent")
    desk.expect_state(desk.bubble("and sent"), "sent")
    page.reload()
    expect(desk.text).to_have_value("")


def test_a_draft_outlives_a_restart_of_the_box(shop: Shop, browsers: Browsers) -> None:
    browsers.watch.forgive("ERR_CONNECTION_REFUSED", "ERR_INCOMPLETE_CHUNKED_ENCODING", "ERR_EMPTY_RESPONSE", "503")
    _phone, ticket = open_ticket(shop, "Lena")
    desk = browsers.open(ANNA)
    desk.open(ticket)
    desk.text.fill("Dear Lena, half an answer")
    expect(desk.page.locator("#composer-state")).to_have_text("Draft saved")
    shop.box.restart()
    other = browsers.open(ANNA)
    other.open(ticket)
    expect(other.text).to_have_value("Dear Lena, half an answer")
    expect(other.row(ticket)).to_contain_text("Draft:")
    expect(desk.text).to_have_value("Dear Lena, half an answer")


def test_an_answer_leaves_no_draft_behind(shop: Shop, browsers: Browsers) -> None:
    desk, _phone = open_chat(shop, browsers)
    desk.expect_state(desk.reply("Sent and gone"), "sent")
    desk.page.reload()
    expect(desk.text).to_have_value("")


def test_typing_goes_on_undisturbed_while_messages_arrive(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.text.press_sequentially("one two")
    desk.text.evaluate("field => { field.marked = true; field.setSelectionRange(3, 3); }")
    for number in range(1, 4):
        phone.write(f"meanwhile {number}")
    expect(desk.bubble("meanwhile 3")).to_be_visible()
    phone.block()
    phone.unblock()
    phone.write("and back")
    expect(desk.bubble("and back")).to_be_visible()
    expect(desk.text).to_be_focused()
    desk.page.keyboard.type(" and a half,")
    expect(desk.text).to_have_value("one and a half, two")
    assert desk.text.evaluate("field => field.marked") is True


def test_a_voice_plays_on_while_messages_arrive(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    phone.send("voice", VOICE, duration=8)
    voice = desk.part("voice").locator("voice-bubble")
    voice.get_by_role("button", name="Play").click()
    expect(position_of(voice)).not_to_have_attribute("aria-valuenow", "0")
    voice.evaluate("voice => { voice.marked = true; }")
    at = int(position_of(voice).get_attribute("aria-valuenow") or 0)
    phone.write("Have you heard it?")
    expect(desk.bubble("Have you heard it?")).to_be_visible()
    desk.expect_state(desk.reply("I am listening"), "sent")
    expect(voice.get_by_role("button", name="Pause")).to_be_visible()
    expect(position_of(voice)).not_to_have_attribute("aria-valuenow", str(at))
    assert voice.evaluate("voice => voice.marked") is True
