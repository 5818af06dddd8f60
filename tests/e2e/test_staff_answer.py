"""What staff write reaches the customer; what they note stays here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.browsers import Browsers
from tests.e2e.chats import open_chat
from tests.e2e.customers import requests_for
from tests.harness.shop import Shop

COLOURS = "bubble => getComputedStyle(bubble.querySelector('.bubble')).backgroundColor"


def test_an_answer_reaches_the_phone_and_is_ticked(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    bubble = desk.reply("We will send another one.\nTomorrow")
    desk.expect_state(bubble, "sent")
    expect(desk.text).to_have_value("")
    assert phone.answers()[-1]["text"] == "We will send another one.\nTomorrow"
    expect(bubble).to_have_count(1)


def test_an_answer_waits_until_telegram_takes_it(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    shop.sandbox.control.add_fault("bad_gateway", methods=["sendMessage"], chat_id=phone.chat_id, times=1000)
    bubble = desk.reply("It will arrive")
    expect(bubble).to_contain_text("Telegram has a disturbance (error 502).")
    expect(bubble).to_contain_text("We try again at")
    shop.sandbox.control.clear_faults()
    desk.expect_state(bubble, "sent")
    assert [answer["text"] for answer in phone.answers()].count("It will arrive") == 1


def test_an_answer_quotes_a_message(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    asked = phone.write("Is it blue?")["message"]["message_id"]
    bubble = desk.bubble("Is it blue?")
    bubble.hover()
    bubble.get_by_role("button", name="Reply to this message").click()
    expect(desk.page.locator("#composer-quote")).to_contain_text("Is it blue?")
    answer = desk.reply("Yes")
    desk.expect_state(answer, "sent")
    expect(answer.locator(".quote")).to_contain_text("Is it blue?")
    assert phone.answers()[-1]["reply_to_message"]["message_id"] == asked


def test_a_note_looks_different_and_never_leaves(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    answer = desk.reply("For the customer")
    desk.expect_state(answer, "sent")
    field = desk.text.evaluate("text => getComputedStyle(text.closest('form')).backgroundColor")
    desk.choose("note")
    expect(desk.page.locator("#send")).to_have_text("Save note")
    assert desk.text.evaluate("text => getComputedStyle(text.closest('form')).backgroundColor") != field
    note = desk.note("Only among us")
    expect(note).to_contain_text("only staff see it")
    assert note.evaluate(COLOURS) != answer.evaluate(COLOURS)
    expect(desk.state_of(note)).to_have_count(0)
    last = desk.reply("And this leaves again")
    desk.expect_state(last, "sent")
    assert not [asked for asked in requests_for(shop, phone) if "Only among us" in str(asked["parameters"])]


def test_the_mode_stays_what_it_was_after_sending(shop: Shop, browsers: Browsers) -> None:
    desk, _phone = open_chat(shop, browsers)
    expect(desk.note("First note")).to_be_visible()
    desk.text.fill("Second note")
    desk.text.press("Enter")
    expect(desk.bubble("Second note")).to_contain_text("only staff see it")


def test_an_answer_can_be_taken_back_in_time(shop: Shop, browsers: Browsers, undo_seconds: int) -> None:
    desk, phone = open_chat(shop, browsers)
    bubble = desk.reply("The sum is 4390")
    expect(bubble).to_contain_text("about to be sent")
    bubble.get_by_role("button", name="Undo").click()
    expect(bubble).to_contain_text("taken back, not sent")
    expect(desk.text).to_have_value("The sum is 4390")
    desk.text.fill("The sum is 4930")
    desk.text.press("Enter")
    desk.bubble("4930").get_by_role("button", name="Send now").click()
    desk.expect_state(desk.bubble("4930"), "sent")
    assert [answer["text"] for answer in phone.answers()[1:]] == ["The sum is 4930"]
    assert undo_seconds > 0


def test_a_long_text_arrives_in_pieces(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    words = "\n\n".join(f"{number}. " + "word " * 150 for number in range(1, 9)).strip()
    desk.text.fill(words)
    expect(desk.page.locator("#composer-count")).to_have_text("goes out as 2 messages")
    desk.send()
    desk.expect_state(desk.bubble("8. word"), "sent")
    pieces = [answer["text"] for answer in phone.answers()[1:]]
    assert len(pieces) == 2
    assert "".join("".join(pieces).split()) == "".join(words.split())


@pytest.fixture
def undo_seconds(shop: Shop) -> Iterator[int]:
    """Replies wait that long while this test runs."""
    shop.box.command("set", "undo_seconds", "20")
    yield 20
    shop.box.command("set", "undo_seconds", "0")
