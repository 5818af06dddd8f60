"""An answer that does not simply arrive says why, and what can be done."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.browsers import Browsers
from tests.e2e.chats import open_chat
from tests.faults.drills.hanging import impatient
from tests.harness.shop import Shop


def test_a_customer_who_blocked_the_bot_is_named_and_cannot_be_answered(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers, "Bella")
    phone.block()
    expect(desk.page.locator("#composer-notice")).to_contain_text("Bella has blocked us")
    expect(desk.text).to_be_disabled()
    desk.choose("note")
    expect(desk.note("Call her")).to_be_visible()
    phone.unblock()
    expect(desk.page.locator("#composer-notice")).not_to_contain_text("has blocked us")
    desk.choose("reply")
    desk.expect_state(desk.reply("Welcome back"), "sent")


def test_an_answer_to_somebody_who_is_just_blocking_fails_in_words(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    shop.sandbox.control.add_fault("bad_gateway", methods=["sendMessage"], chat_id=phone.chat_id, times=1000)
    bubble = desk.reply("Are you there?")
    expect(bubble).to_contain_text("We try again at")
    phone.block()
    shop.sandbox.control.clear_faults()
    expect(bubble).to_contain_text("The customer has blocked the bot.")
    expect(bubble).to_contain_text("not delivered")
    phone.unblock()
    bubble.get_by_role("button", name="Retry").click()
    desk.expect_state(bubble, "sent")
    assert phone.answers()[-1]["text"] == "Are you there?"


def test_what_may_have_arrived_is_for_a_person_to_decide(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    control = shop.sandbox.control
    with impatient(shop, 2):
        for works in (True, False):
            control.add_fault("hang", methods=["sendMessage"], chat_id=phone.chat_id, works=works, seconds=4)
        arrived = desk.reply("This one arrives")
        expect(arrived).to_contain_text("may have arrived")
        arrived.get_by_role("button", name="Leave it").click()
        desk.expect_state(arrived, "left")
        expect(arrived.get_by_role("button", name="Leave it")).to_have_count(0)
        lost = desk.reply("This one does not")
        expect(lost).to_contain_text("may have arrived")
        lost.get_by_role("button", name="Send again").click()
        desk.expect_state(lost, "sent")
    assert [answer["text"] for answer in phone.answers()[1:]] == ["This one arrives", "This one does not"]


def test_a_waiting_answer_can_be_cancelled(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    shop.sandbox.control.add_fault("bad_gateway", methods=["sendMessage"], chat_id=phone.chat_id, times=1000)
    bubble = desk.reply("Better not")
    expect(bubble).to_contain_text("We try again at")
    bubble.get_by_role("button", name="Cancel").click()
    desk.expect_state(bubble, "cancelled")
    shop.sandbox.control.clear_faults()
    desk.expect_state(desk.reply("But this"), "sent")
    assert [answer["text"] for answer in phone.answers()[1:]] == ["But this"]
